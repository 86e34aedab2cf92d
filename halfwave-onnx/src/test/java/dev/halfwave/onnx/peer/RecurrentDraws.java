package dev.halfwave.onnx.peer;

import java.util.ArrayList;
import java.util.List;

/** Recurrent networks. */
final class RecurrentDraws {
    private static final List<String> FUNCTIONS = List.of(
            "Tanh",
            "Sigmoid",
            "Relu",
            "Softsign",
            "Softplus",
            "HardSigmoid",
            "Affine",
            "Elu",
            "ThresholdedRelu",
            "ScaledTanh",
            "LeakyRelu");

    private RecurrentDraws() {}

    static List<Family> families() {
        return List.of(
                new Family("simple recurrent networks", 80, d -> recurrent(d, "RNN", 1, 1, 1)),
                new Family("long short-term memory", 120, d -> recurrent(d, "LSTM", 4, 2, 3)),
                new Family("gated recurrent units", 100, d -> recurrent(d, "GRU", 3, 1, 2)));
    }

    private static NodeModel recurrent(Draw d, String op, int gates, int states, int functions) {
        String direction = d.oneOf("forward", "reverse", "bidirectional");
        int directions = direction.equals("bidirectional") ? 2 : 1;
        long steps = d.number(1, 4);
        long batch = d.number(1, 3);
        long width = d.number(1, 4);
        long hidden = d.number(1, 4);
        // ONNX Runtime has the layout with the batch in front for none of them.
        NodeModel model = new NodeModel(op, d.opset(7)).with("hidden_size", hidden);
        if (directions == 2 || d.chance()) {
            model.with("direction", direction);
        }
        boolean forward = directions == 1 && !model.toString().contains("direction");
        if (d.chance()) {
            activations(d, model, directions * functions);
        }
        if (op.equals("GRU") && d.chance()) {
            model.with("linear_before_reset", d.chance());
        }
        if (d.rarely()) {
            model.with("clip", 0.5);
        }
        int d2 = forward ? 1 : directions;
        model.fed(d.floats(steps, batch, width));
        d.input(model, d.between(-0.7, 0.7, d2, gates * hidden, width));
        d.input(model, d.between(-0.7, 0.7, d2, gates * hidden, hidden));
        rest(d, model, op, new long[] {d2, steps, batch, hidden}, gates, states);
        return model.outputs(op.equals("LSTM") ? d.number(1, 3) : d.number(1, 2));
    }

    private static void rest(Draw d, NodeModel model, String op, long[] sizes, int gates, int states) {
        long directions = sizes[0];
        long batch = sizes[2];
        long hidden = sizes[3];
        if (d.chance()) {
            d.input(model, d.floats(directions, 2L * gates * hidden));
        } else {
            model.absent();
        }
        if (d.rarely()) {
            d.input(model, d.whole(dev.halfwave.onnx.file.ElementType.INT32, 1, (int) sizes[1], batch));
        } else {
            model.absent();
        }
        for (int i = 0; i < states; i++) {
            if (d.chance()) {
                d.input(model, d.floats(directions, batch, hidden));
            } else {
                model.absent();
            }
        }
        if (op.equals("LSTM") && d.rarely()) {
            d.input(model, d.floats(directions, 3 * hidden));
        }
    }

    private static void activations(Draw d, NodeModel model, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(FUNCTIONS.get(d.number(0, 3)));
        }
        model.with("activations", names);
    }
}
