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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
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
        Map<String, Literal> inputs = new LinkedHashMap<>();
        Map<String, Shape> shapes = new HashMap<>();
        Map<String, Literal> fixed = new HashMap<>();
        try {
            long elements = 0;
            for (Port port : model.inputs()) {
                Shape shape = shape(port, Math.max(0, SMALL - elements));
                if (shape == null) {
                    model.graph(); // as the file declares it, if it does
                    return "large inputs";
                }
                elements += shape.elements();
                Literal zeros = Literal.of(port.type(), Tensor.zeros(shape));
                inputs.put(port.name(), zeros);
                if (model.isDeciding(port)) {
                    fixed.put(port.name(), zeros);
                } else {
                    shapes.put(port.name(), shape);
                }
            }
            Graph graph = model.graph(shapes, fixed, Mode.INFERENCE).graph();
            if (flops(graph) > mostFlops) {
                return "much to compute";
            }
            return "outputs "
                    + new OnnxRunner(model, Providers.active().exact(), pool).run(inputs).keySet();
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

    /** The declared sizes, with 2 for those that are open; null if that is too large. */
    private static Shape shape(Port port, long most) {
        List<Integer> sizes = port.ranked()
                ? port.dims().stream()
                        .map(dim -> dim.isFixed() ? (int) dim.size() : 2)
                        .toList()
                : List.of(2, 2);
        double elements = 1;
        for (int size : sizes) {
            elements *= size;
        }
        return elements > most ? null : Shape.of(sizes.stream().mapToInt(i -> i).toArray());
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
        if (text.length() > 20_000 && !text.contains("nodes with others") || !text.contains("expected") || text.contains("that the reader understands")) {
            throw new IllegalStateException("a poor message of " + text.length() + " characters: "
                    + text.substring(0, Math.min(200, text.length())), refused);
        }
        return text;
    }
}
