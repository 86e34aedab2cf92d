package dev.halfwave.onnx;

import dev.halfwave.onnx.file.Literal;
import dev.halfwave.onnx.file.Port;
import dev.halfwave.tensor.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sizes of a model's inputs: those given, which have to fit what the file declares, or the file's own. */
final class Binding {
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Map<String, Integer> symbols = new HashMap<>();
    private int batch;

    /** @throws IllegalArgumentException if a shape is missing or does not fit */
    Binding(List<Port> inputs, Map<String, Shape> given, Map<String, Literal> fixed) {
        for (String name : given.keySet()) {
            if (inputs.stream().noneMatch(input -> input.name().equals(name))) {
                throw unknown(name, inputs);
            }
        }
        for (String name : fixed.keySet()) {
            if (inputs.stream().noneMatch(input -> input.name().equals(name))) {
                throw unknown(name, inputs);
            }
        }
        for (Port input : inputs) {
            Literal literal = fixed.get(input.name());
            Shape shape = literal != null ? literal.shape() : given.get(input.name());
            shapes.put(input.name(), shape == null ? declared(input) : fitted(input, shape));
        }
    }

    private static IllegalArgumentException unknown(String name, List<Port> inputs) {
        return new IllegalArgumentException("expected one of the inputs "
                + inputs.stream().map(Port::name).toList() + ", received \"" + name + "\"");
    }

    /** What the file declares; a size that is open and stands first is a batch of one. */
    private Shape declared(Port input) {
        int[] sizes = new int[input.dims().size()];
        for (int axis = 0; axis < sizes.length; axis++) {
            Port.Dim dim = input.dims().get(axis);
            if (dim.isFixed()) {
                sizes[axis] = (int) dim.size();
            } else {
                Integer bound = symbols.get(dim.symbol());
                if (bound == null && axis > 0 || !input.ranked()) {
                    throw new IllegalArgumentException(
                            "input " + input + ": expected sizes to be given, since the file leaves them open");
                }
                sizes[axis] = bound == null ? 1 : bound;
            }
        }
        return Shape.of(sizes);
    }

    private Shape fitted(Port input, Shape shape) {
        if (!input.ranked()) {
            return shape;
        }
        boolean fits = shape.rank() == input.dims().size();
        for (int axis = 0; fits && axis < shape.rank(); axis++) {
            fits = fits(input.dims().get(axis), axis, shape.size(axis));
        }
        if (!fits) {
            throw new IllegalArgumentException("input " + input + ": expected a tensor of these sizes, received "
                    + shape + (symbols.isEmpty() ? "" : " where " + symbols));
        }
        return shape;
    }

    private boolean fits(Port.Dim dim, int axis, int size) {
        if (!dim.isFixed()) {
            @Nullable Integer bound = dim.symbol().isEmpty() ? null : symbols.putIfAbsent(dim.symbol(), size);
            return bound == null || bound == size;
        }
        if (dim.size() == size) {
            return true;
        }
        if (axis == 0 && dim.size() == 1 && (batch == 0 || batch == size)) {
            batch = size;
            return true;
        }
        return false;
    }

    /** The sizes of an input. */
    Shape shape(String name) {
        Shape shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("expected an input, received \"" + name + "\"");
        }
        return shape;
    }

    /** The batch size that takes the place of a fixed 1; 0 if the file's sizes are kept. */
    int batch() {
        return batch;
    }
}
