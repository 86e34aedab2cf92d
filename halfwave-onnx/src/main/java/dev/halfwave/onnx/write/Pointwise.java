package dev.halfwave.onnx.write;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.Apply;

/** Ops that work element by element, in whatever layout their inputs have. */
final class Pointwise {
    private Pointwise() {}

    static void activate(Activate op, Node node, Writing out) {
        Value x = node.input(0);
        Layout layout = out.first(x);
        activate(out, node, op.activation(), out.read(x, layout), node.output(), layout);
    }

    /** A function that is no activation. */
    static void apply(Apply op, Node node, Writing out) {
        Value x = node.input(0);
        Layout layout = out.first(x);
        new Formulas(out, node.name(), out.read(x, layout)).write(op.value(), node, node.output(), layout);
    }

    static void add(Add op, Node node, Writing out) {
        Layout layout = out.common(node.inputs());
        OnnxNode sum = OnnxNode.of("Add", out.read(node.input(0), layout), out.read(node.input(1), layout));
        finish(out, node, sum, op.activation(), node.output(), layout);
    }

    /** Adds a node and, if there is one, the activation behind it. */
    static void finish(Writing out, Node node, OnnxNode z, Activation f, Value y, Layout layout) {
        if (f instanceof Identity) {
            out.add(node, z, y, layout);
        } else {
            activate(out, node, f, out.step(node.name() + ".z", z), y, layout);
        }
    }

    private static void activate(Writing out, Node node, Activation f, String z, Value y, Layout layout) {
        if (f instanceof Identity) {
            out.define(y, layout, z);
            return;
        }
        OnnxNode operator = Activations.operator(f, z, out.initializers());
        if (operator != null) {
            out.add(node, operator, y, layout);
        } else {
            new Formulas(out, node.name(), z).write(f.value(), node, y, layout);
        }
    }
}
