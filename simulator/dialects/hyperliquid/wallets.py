"""Whose address is whose: accounts by the wallets that own them and the agents they approved."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Agent(Struct, frozen=True, gc=False):
    """A wallet that may sign for another, until then (milliseconds)."""

    address: str
    name: str
    valid_until_ms: int


class Wallets:
    """Addresses are in lower case. `accounts` are the engine's accounts by their address."""

    def __init__(self, accounts: Mapping[str, str]) -> None:
        self._accounts = {address.lower(): account for address, account in accounts.items()}
        self._addresses = {account: address for address, account in self._accounts.items()}
        self._agents: dict[str, dict[str, Agent]] = {}

    def account(self, address: str) -> str | None:
        """Return the account of an address."""
        return self._accounts.get(address)

    def address(self, account: str) -> str | None:
        """Return the address of an account, if it has one."""
        return self._addresses.get(account)

    def approve(self, owner: str, agent: Agent) -> None:
        """Let an agent sign for an address; a name stands for one agent at a time."""
        self._agents.setdefault(owner, {})[agent.name] = agent

    def agents(self, owner: str) -> list[Agent]:
        """Return the agents of an address, in the order of their names' first use."""
        return list(self._agents.get(owner, {}).values())

    def owner(self, signer: str, now_ms: int) -> str | None:
        """Return the address that a signer speaks for: its own, or that of who approved it."""
        if signer in self._accounts:
            return signer
        for owner, agents in self._agents.items():
            for agent in agents.values():
                if agent.address == signer and now_ms < agent.valid_until_ms:
                    return owner
        return None
