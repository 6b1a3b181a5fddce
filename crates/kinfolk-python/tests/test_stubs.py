"""The type stubs say what the module has: names, parameters, their kinds and their defaults."""

import ast
import inspect
import pathlib
import unittest

import kinfolk
from kinfolk import _kinfolk

STUBS = ast.parse((pathlib.Path(kinfolk.__file__).parent / "_kinfolk.pyi").read_text(encoding="utf-8"))


def is_private(name):
    return name.startswith("_") and name not in ("__version__", "__len__", "__arrow_c_stream__")


def declared(body):
    """The functions, classes and constants of a stub by name."""
    found = {}
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found[node.name] = node
        elif isinstance(node, ast.AnnAssign):
            found[node.target.id] = node
    return found


def parameters_of_stub(function):
    """Name, kind and default of each parameter."""
    made = {}
    exec(compile(ast.Module([bare(function)], []), "stub", "exec"), made)
    return parameters(made[function.name])


def bare(function):
    """The function without the kinds of its parameters, which name what is not imported."""
    for argument in [*function.args.args, *function.args.kwonlyargs]:
        argument.annotation = None
    function.returns = None
    return function


def parameters(function):
    return [(one.name, one.kind, one.default) for one in inspect.signature(function).parameters.values()]


class Stubs(unittest.TestCase):
    def test_names(self):
        there = {name for name in dir(_kinfolk) if not is_private(name)}
        self.assertEqual(set(declared(STUBS.body)), there)
        self.assertEqual(there, set(kinfolk.__all__))

    def test_functions(self):
        functions = [node for node in STUBS.body if isinstance(node, ast.FunctionDef)]
        self.assertGreater(len(functions), 7)
        for function in functions:
            with self.subTest(function.name):
                there = parameters(getattr(_kinfolk, function.name))
                self.assertEqual(parameters_of_stub(function), there)

    def test_classes(self):
        for node in STUBS.body:
            if not isinstance(node, ast.ClassDef):
                continue
            kind = getattr(_kinfolk, node.name)
            with self.subTest(node.name):
                bases = [base.id for base in node.bases]
                self.assertEqual(bases, [base.__name__ for base in kind.__bases__ if base is not object])
                if not issubclass(kind, Exception):
                    self.members(kind, declared(node.body))

    def members(self, kind, members):
        there = {name for name in vars(kind) if not is_private(name)}
        self.assertEqual(set(members), there)
        for name, member in members.items():
            is_property = any(isinstance(mark, ast.Name) and mark.id == "property" for mark in member.decorator_list)
            self.assertEqual(is_property, not callable(getattr(kind, name)), name)
            if not is_property and name != "__len__":
                there = [(name, default) for name, _, default in parameters(getattr(kind, name))]
                said = [(name, default) for name, _, default in parameters_of_stub(member)]
                self.assertEqual(said, there, name)


if __name__ == "__main__":
    unittest.main()
