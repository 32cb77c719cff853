"""The words that synthetic notes are made of."""

from __future__ import annotations

FIRST = (
    "Ada Aïcha Bastien Camille Chen Chloé Daniel Elif Émile Fatou Grace Hugo Inès Ivan Jana Joan Karim Lena Léo Luca "
    "Maëlle Malik Mei Nadia Niamh Noah Olga Omar Oskar Paula Priya Rana Rosa Sam Sofia Théo Tom Uma Yann Zoé"
).split()
LAST = (
    "Abara Almeida Berg Bianchi Bouvier Chevalier Costa Dahl Delmas Dupont Eriksen Faure Fischer Garnier Haddad Horvat "
    "Ito Jensen Kaya Keller Kerbrat Kim Lambert Leclerc Lindqvist Moreau Murphy Nguyen Novak Okafor Olsen Perrin Petit "
    "Popescu Rao Renard Rossi Roux Santos Sato Schmidt Silva Sørensen Tanaka Torres Vidal Weber Wójcik Yilmaz Zhang"
).split()
TOPICS = (
    "Billing Brand Carriers Churn Cloud Compliance Customers Data Delivery Design Energy Field Finance Hardware Hiring "
    "Insurance Launch Legal Logistics Market Mobile Onboarding Operations Partners Pricing Product Quality Research "
    "Safety Sales Sécurité Sensors Support Suppliers Training Trésorerie"
).split()
THINGS = (
    "audit backlog benchmark brief budget calendar campaign catalogue checklist contract dashboard draft estimate "
    "experiment forecast guide handbook interview inventory letter map memo migration model notebook offer outline "
    "pilot plan playbook process proposal prototype questions report review roadmap sketch study summary survey tender "
    "tests tour tracker workshop"
).split()
VERBS = "Ask Book Call Check Close Compare Draft Finish Gather Measure Move Order Prepare Publish Send Write".split()
WORDS = (
    "about after again agreed all already also and another answer any around as asked at because been before being "
    "between both bring but by call came can careful change cheaper clear client cold come cost could customer date "
    "day decide delay different do done each early either end enough even every few first for found from full gave "
    "get give go good had half has have held help here how if in instead into is it its just keep kept known last "
    "late later least left less let little long look made make many may meant might more most much must need never "
    "new next no not nothing now of often on once one only open or order other our out over own paid part people plan "
    "point price quite rather read ready really same saw say second see seen sent set several should show since small "
    "so some soon still such sure take team tell than that the their them then there these they thing think this "
    "those three through time to told too took two under until up us used very wait want was way we week well went "
    "were what when where which while who why will with without word work would write year yet you"
).split()
HEADINGS = (
    "Background", "Context", "Decisions", "Details", "Facts", "History", "Ideas", "Known problems", "Next steps",
    "Notes", "Open questions", "Options", "Risks", "Sources", "Summary", "Tasks", "What we know", "Why", "À faire",
)  # fmt: skip
TAGS = "area/data area/field area/sales draft idea important later process quarter reading to-discuss uk".split()
