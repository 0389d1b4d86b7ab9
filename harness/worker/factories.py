"""Finds what makes an adapter, or says what of its name is not there."""

from __future__ import annotations

import importlib
import os
import pkgutil
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

from fillproof.harness.spelling import did_you_mean
from fillproof.harness.worker.needs import Factory


class NotThere(LookupError):
    """Nothing has the name that was given; the message says where it was looked for."""


def factory_of(path: str) -> Factory:
    """Import `module:attribute`; raises NotThere, and whatever the import of the module raises."""
    name, _, attribute = path.partition(":")
    module = _module(name)
    if not hasattr(module, attribute):
        made_there = _made_in(module)
        near = did_you_mean(attribute, made_there)
        has = f" it has {', '.join(made_there) or 'nothing that makes an adapter'}"
        raise NotThere(f"{name} ({module.__file__}) has no {attribute};{near}{has}")
    factory: Factory = getattr(module, attribute)
    if not callable(factory):
        raise NotThere(f"{path} is no factory: it cannot be called")
    return factory


def _module(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        missing = error.name or ""
        if not f"{name}.".startswith(f"{missing}."):
            raise  # the module is there, and fails in an import of its own
        near = did_you_mean(missing.rpartition(".")[2], _beside(missing))
        looked = "it is looked for in the current folder, on PYTHONPATH and in what is installed"
        raise NotThere(f"there is no module {missing};{near} {looked}") from error


def _beside(missing: str) -> Iterable[str]:
    """Return the modules that stand where one was looked for."""
    package = missing.rpartition(".")[0]
    if not package:
        theirs = os.environ.get("PYTHONPATH", "").split(os.pathsep)
        folders = [str(Path.cwd()), *filter(None, theirs)]
    elif hasattr(sys.modules.get(package), "__path__"):
        folders = list(sys.modules[package].__path__)
    else:
        return [package]  # "adapter.py" for "adapter"
    return [module.name for module in pkgutil.iter_modules(folders)]


def _made_in(module: ModuleType) -> list[str]:
    """Return the classes and functions of a module that are its own."""
    return [
        name
        for name, value in vars(module).items()
        if callable(value) and not name.startswith("_") and value.__module__ == module.__name__
    ]
