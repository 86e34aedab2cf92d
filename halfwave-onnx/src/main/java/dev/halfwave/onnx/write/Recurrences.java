package dev.halfwave.onnx.write;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Elu;
import dev.halfwave.activation.HardSigmoid;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Softplus;
import dev.halfwave.activation.Softsign;
import dev.halfwave.activation.Tanh;
import dev.halfwave.activation.ThresholdedRelu;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Cell;
import dev.halfwave.op.Recurrence;
import dev.halfwave.op.RnnCell;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Recurrent networks, whose sequences stand with time in front of the batch in ONNX. */
final class Recurrences {
    private Recurrences() {}

    static void write(Recurrence op, Node node, Writing out) {
        if (op.keeping()) {
            throw new IllegalArgumentException("keeps what only its gradient takes");
        }
        if (!node.inputs().stream().skip(1).allMatch(out::isLasting)) {
            throw new IllegalArgumentException("has weights that follow from its input");
        }
        int units = node.input(2).shape().size(0);
        OnnxNode recurrence = OnnxNode.of(
                        op.cell().name().toUpperCase(Locale.ROOT),
                        out.permuted(node.input(0), 1, 0, 2),
                        turned(node.input(1), out),
                        turned(node.input(2), out),
                        bias(op.cell(), node, out))
                .integer("hidden_size", units);
        if (op.cell() instanceof RnnCell rnn) {
            name(rnn.activation(), recurrence);
        }
        if (op.cell().keepsApart()) {
            recurrence.integer("linear_before_reset", 1);
        }
        Value y = node.output();
        List<String> made = out.steps(node.name() + ".states", recurrence, 2);
        if (op.whole()) {
            String states = out.step(node.name() + ".steps", squeezed(made.get(0), 1, out));
            out.add(node, OnnxNode.of("Transpose", states).integers("perm", 1, 0, 2), y, Layout.AS_IS);
        } else {
            out.add(node, squeezed(made.get(1), 0, out), y, Layout.AS_IS);
        }
    }

    private static OnnxNode squeezed(String tensor, int axis, Writing out) {
        return OnnxNode.of("Squeeze", tensor, out.initializers().integers(List.of(axis)));
    }

    /** Weights {@code [C, G·K]} as ONNX has them, {@code [1, G·K, C]}. */
    private static String turned(Value weights, Writing out) {
        Shape shape = weights.shape();
        Form form = Form.permuted(shape, List.of(1, 0)).then(Shape.of(1, shape.size(1), shape.size(0)));
        return out.initializers().weight(weights, form);
    }

    /** The input's half of the bias and the state's, of which core keeps one only where it acts on its own. */
    private static String bias(Cell cell, Node node, Writing out) {
        Initializers numbers = out.initializers();
        List<String> parts = new ArrayList<>();
        int width = node.input(3).shape().size(0);
        parts.add(row(node.input(3), out));
        int missing = cell.keepsApart() ? width - node.input(4).shape().size(0) : width;
        parts.add(numbers.add(node.name() + ".zeros", Tensor.zeros(Shape.of(1, missing))));
        if (cell.keepsApart()) {
            parts.add(row(node.input(4), out));
        }
        return out.step(node.name() + ".biases", OnnxNode.of("Concat", parts).integer("axis", 1));
    }

    private static String row(Value bias, Writing out) {
        return out.initializers().weight(bias, Form.reshaped(bias.shape().prepend(1)));
    }

    /** Names the function of a simple cell, with its numbers if it has any. */
    private static void name(Activation f, OnnxNode node) {
        if (f instanceof Relu
                || f instanceof Tanh
                || f instanceof Sigmoid
                || f instanceof Softplus
                || f instanceof Softsign) {
            node.texts("activations", f.getClass().getSimpleName());
        } else if (f instanceof LeakyRelu leaky) {
            node.texts("activations", "LeakyRelu").numbers("activation_alpha", leaky.slope());
        } else if (f instanceof Elu elu) {
            node.texts("activations", "Elu").numbers("activation_alpha", elu.alpha());
        } else if (f instanceof ThresholdedRelu cut) {
            node.texts("activations", "ThresholdedRelu").numbers("activation_alpha", cut.theta());
        } else if (f instanceof HardSigmoid hard) {
            node.texts("activations", "HardSigmoid")
                    .numbers("activation_alpha", hard.alpha())
                    .numbers("activation_beta", hard.beta());
        } else if (f instanceof Identity) {
            node.texts("activations", "Affine").numbers("activation_alpha", 1).numbers("activation_beta", 0);
        } else {
            throw new IllegalArgumentException(
                    "has the activation " + f.spec() + ", which recurrent networks cannot have in ONNX");
        }
    }
}
