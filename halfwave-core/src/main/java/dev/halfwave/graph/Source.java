package dev.halfwave.graph;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where values come from that no op computes: what is fed in, what is learnt, what is fixed. */
public sealed interface Source extends Op {
    /** The size of what it provides. */
    Shape shape();

    @Override
    default List<Shape> infer(List<Shape> inputs) {
        return List.of(shape());
    }

    @Override
    default List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        throw new IllegalStateException(name() + ": a source is provided, not evaluated");
    }

    @Override
    default List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return List.of();
    }

    @Override
    default Step lower(Lowering lowering) {
        throw new IllegalStateException(name() + ": a source is provided, not computed");
    }

    /**
     * A tensor that the caller feeds in at every run.
     *
     * @param key the name to feed it by
     * @param shape its sizes, batch included
     */
    record Input(String key, Shape shape) implements Source {
        @Override
        public String name() {
            return "input";
        }
    }

    /**
     * A tensor that lasts from run to run: a weight, or a statistic that training keeps.
     *
     * @param key its name in {@link Parameters}
     * @param shape its sizes
     * @param initializer its first values
     * @param trainable whether an optimizer changes it; statistics are changed by {@link Result.Update} instead
     */
    record Parameter(String key, Shape shape, Initializer initializer, boolean trainable) implements Source {
        @Override
        public String name() {
            return "parameter";
        }
    }

    /**
     * A fixed tensor.
     *
     * @param tensor its values; not to be changed
     */
    record Constant(Tensor tensor) implements Source {
        @Override
        public Shape shape() {
            return tensor.shape();
        }

        @Override
        public String name() {
            return "constant";
        }
    }
}
