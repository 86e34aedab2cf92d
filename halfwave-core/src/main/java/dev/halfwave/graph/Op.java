package dev.halfwave.graph;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operation on tensors: a record whose components are its attributes.
 *
 * <p>An op has four duties: to say what shapes come out ({@link #infer}), to define its result in plain double
 * arithmetic ({@link #evaluate}), to emit the ops of its gradient ({@link #differentiate}), and to pick kernels ({@link
 * #lower}). The tests hold the last two against the second.
 */
public interface Op {
    /** The stem of its nodes' names, in lower case, as in {@code conv2d}. */
    String name();

    /**
     * The shapes of the outputs.
     *
     * @throws IllegalArgumentException if the inputs do not fit; the text says what was expected and received, and the
     *     builder puts the node's name in front
     */
    List<Shape> infer(List<Shape> inputs);

    /**
     * The outputs in double precision, by plain loops: the op's definition.
     *
     * @param randomKey what keys everything random, which only random ops look at
     */
    List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey);

    /**
     * Emits the gradient of each input, given that of the first output; further outputs carry none.
     *
     * @return one value per input, null where no gradient flows
     * @throws UnsupportedOperationException if the op has no gradient
     */
    List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy);

    /** Picks kernels for the node's shapes and returns the step that runs them. */
    Step lower(Lowering lowering);

    /** Whether the first output may overwrite this input, which has as many elements, while it is computed. */
    default boolean inPlace(int input) {
        return false;
    }

    /** Whether the only output is the first input under another shape, so that nothing needs to be computed. */
    default boolean isView() {
        return false;
    }

    /** Whether the result depends on the run's random key, too. */
    default boolean isRandom() {
        return false;
    }

    /**
     * How many floating-point operations the definition takes: a sum or a product counts as one, and so does a function
     * such as the exponential, whatever it costs; what a kernel saves is not taken off. One for each element of the
     * largest tensor unless the op says otherwise.
     */
    default long flops(List<Shape> inputs, List<Shape> outputs) {
        return Stream.concat(inputs.stream(), outputs.stream())
                .mapToLong(Shape::elements)
                .max()
                .orElse(0);
    }

    /** What {@link #differentiate} throws where a gradient makes no sense or is not implemented. */
    static UnsupportedOperationException noGradient(Node node) {
        return new UnsupportedOperationException(node.name() + ": expected an op with a gradient, received "
                + node.op().name() + "; it cannot be differentiated (again)");
    }
}
