package dev.halfwave.onnx.hostile;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.onnx.Classifier;
import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.onnx.OnnxRunner;
import dev.halfwave.onnx.file.Literal;
import dev.halfwave.onnx.file.Port;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * All that is done to a file: it is loaded, looked through for unsupported ops, made a graph, run on zeros, and taken for
 * a classifier.
 *
 * <p>How long a sound model computes is its user's business; what would take longer than a test has is not run.
 */
final class Exercise {
    private static final long SMALL = 1 << 14;

    private Exercise() {}

    /**
     * Does it all.
     *
     * @param loader reads the model
     * @param mostFlops above this the model is not run
     * @return how far it came: the refusals' texts, or what went well
     * @throws RuntimeException if anything but a {@link ModelFormatException} is thrown on the way
     */
    static String all(Supplier<OnnxModel> loader, WorkerPool pool, long mostFlops) {
        OnnxModel model;
        try {
            model = loader.get();
        } catch (ModelFormatException refused) {
            return "load: " + text(refused);
        }
        int unsupported = model.unsupported().size();
        return "unsupported: " + unsupported + "; run: " + run(model, pool, mostFlops) + "; classifier: "
                + classifier(model);
    }

    private static String run(OnnxModel model, WorkerPool pool, long mostFlops) {
        Map<String, Shape> shapes = new HashMap<>();
        Map<String, Literal> fixed = new HashMap<>();
        try {
            double elements = 0;
            for (Port port : model.inputs()) {
                int[] sizes = sizes(port);
                double product = Arrays.stream(sizes).asDoubleStream().reduce(1, (a, b) -> a * b);
                elements += product;
                if (product > Integer.MAX_VALUE / 2.0) {
                    return "inputs beyond any tensor";
                }
                if (model.isDeciding(port) && product < SMALL) {
                    fixed.put(port.name(), Literal.of(port.type(), Tensor.zeros(Shape.of(sizes))));
                } else {
                    shapes.put(port.name(), Shape.of(sizes));
                }
            }
            Graph graph = model.graph(shapes, fixed, Mode.INFERENCE).graph();
            if (elements > SMALL || flops(graph) > mostFlops) {
                return "much to compute";
            }
            Map<String, Literal> inputs = new LinkedHashMap<>();
            for (Port port : model.inputs()) {
                inputs.put(port.name(), Literal.of(port.type(), Tensor.zeros(Shape.of(sizes(port)))));
            }
            return "outputs "
                    + new OnnxRunner(model, Providers.active().exact(), pool)
                            .run(inputs)
                            .keySet();
        } catch (ModelFormatException refused) {
            return text(refused);
        }
    }

    private static long flops(Graph graph) {
        double flops = 0;
        for (Node node : graph.nodes()) {
            flops += node.op()
                    .flops(
                            node.inputs().stream().map(Value::shape).toList(),
                            node.outputs().stream().map(Value::shape).toList());
        }
        return (long) flops;
    }

    /** The declared sizes, with 2 for those that are open. */
    private static int[] sizes(Port port) {
        return port.ranked()
                ? port.dims().stream()
                        .mapToInt(dim -> dim.isFixed() ? (int) dim.size() : 2)
                        .toArray()
                : new int[] {2, 2};
    }

    private static String classifier(OnnxModel model) {
        try {
            return Classifier.of(model).model().network().output().toString();
        } catch (ModelFormatException refused) {
            return text(refused);
        }
    }

    /** The refusal's text, which has to say something and fit a terminal. */
    private static String text(ModelFormatException refused) {
        String text = String.valueOf(refused.getMessage());
        if (text.length() > 20_000 && !text.contains("nodes with others")
                || !text.contains("expected")
                || text.contains("that the reader understands")) {
            throw new IllegalStateException(
                    "a poor message of " + text.length() + " characters: "
                            + text.substring(0, Math.min(200, text.length())),
                    refused);
        }
        return text;
    }
}
