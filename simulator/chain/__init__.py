"""Settlement on a chain: a mempool, blocks, finality and reorganisations around the engine."""

from fillproof.simulator.chain.exchange import ChainExchange
from fillproof.simulator.chain.rules import (
    Acknowledges,
    BlockOrder,
    ChainRules,
    Chances,
    Delay,
    Kind,
    NonceRule,
    Shows,
)
from fillproof.simulator.chain.transactions import Transaction

__all__ = [
    "Acknowledges",
    "BlockOrder",
    "ChainExchange",
    "ChainRules",
    "Chances",
    "Delay",
    "Kind",
    "NonceRule",
    "Shows",
    "Transaction",
]
