"""Notes in, a Vault out: kinds recognised, links resolved, one instant of a folder, frozen."""

from vaultkit.vault.graph import Edge, Graph
from vaultkit.vault.kinds import Kinds, read_kinds
from vaultkit.vault.linktext import link_text
from vaultkit.vault.setting import Setting
from vaultkit.vault.stepping import Known, Step
from vaultkit.vault.vault import Vault

__all__ = ["Edge", "Graph", "Kinds", "Known", "Setting", "Step", "Vault", "link_text", "read_kinds"]
