"""The type stubs say what the module has: names, parameters, their kinds and their defaults."""

import ast
import inspect
import pathlib
import unittest

import kinfolk
from kinfolk import _kinfolk, stats

FOLDER = pathlib.Path(kinfolk.__file__).parent


def stub(name):
    return ast.parse((FOLDER / name).read_text(encoding="utf-8"))


# What the library holds, its stub, and what the package lets out of it.
MODULES = [
    (_kinfolk, stub("_kinfolk.pyi"), set(kinfolk.__all__) - {"stats"}),
    (_kinfolk.stats, stub("stats.pyi"), set(stats.__all__)),
]


def is_private(name):
    return name.startswith("_") and name not in ("__version__", "__len__", "__getitem__", "__arrow_c_stream__")


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
        for module, stub, let_out in MODULES:
            there = {name for name in dir(module) if not is_private(name)} - {"stats"}
            self.assertEqual(there, let_out)
            self.assertEqual({name for name in declared(stub.body) if not is_private(name)}, let_out)

    def test_functions(self):
        for module, stub, _ in MODULES:
            functions = [node for node in stub.body if isinstance(node, ast.FunctionDef)]
            self.assertGreater(len(functions), 7)
            for function in functions:
                with self.subTest(function.name):
                    there = parameters(getattr(module, function.name))
                    self.assertEqual(parameters_of_stub(function), there)

    def test_classes(self):
        for module, stub, _ in MODULES:
            for node in stub.body:
                if isinstance(node, ast.ClassDef):
                    with self.subTest(node.name):
                        self.a_class(getattr(module, node.name), node)

    def a_class(self, kind, node):
        bases = [base.id for base in node.bases]
        self.assertEqual(bases, [base.__name__ for base in kind.__bases__ if base is not object])
        if not issubclass(kind, Exception):
            self.members(kind, declared(node.body))

    def test_every_method_says_what_it_takes_and_gives(self):
        for name in stats.__all__:
            said = getattr(stats, name).__doc__
            with self.subTest(name):
                self.assertTrue(said)
                if not inspect.isclass(getattr(stats, name)):
                    for heading in ("Parameters", "Returns", "Raises", "Source"):
                        self.assertIn(f"{heading}\n{'-' * len(heading)}\n", said)

    def members(self, kind, members):
        made_by = members.pop("__new__", None)
        if made_by:
            self.assertEqual(parameters_of_stub(made_by)[1:], parameters(kind))
        told = {name for name in members if name != "__iter__"}
        there = {name for name in vars(kind) if not is_private(name)}
        self.assertEqual(told, there)
        for name, member in members.items():
            is_property = any(isinstance(mark, ast.Name) and mark.id == "property" for mark in member.decorator_list)
            self.assertEqual(is_property, not callable(getattr(kind, name)), name)
            if not is_property and name not in ("__len__", "__iter__", "__getitem__"):
                there = [(name, default) for name, _, default in parameters(getattr(kind, name))]
                said = [(name, default) for name, _, default in parameters_of_stub(member)]
                self.assertEqual(said, there, name)


if __name__ == "__main__":
    unittest.main()
