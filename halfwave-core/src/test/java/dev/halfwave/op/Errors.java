package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.Shape;
import org.assertj.core.api.AbstractThrowableAssert;

/** What a network's author reads who adds an op to inputs that do not fit it. */
final class Errors {
    private Errors() {}

    /** Adds the op to inputs of the given shapes and hands over what is thrown. */
    static AbstractThrowableAssert<?, ? extends Throwable> of(Op op, Shape... shapes) {
        return assertThatThrownBy(() -> {
                    GraphBuilder g = new GraphBuilder(Mode.TRAINING);
                    Value[] inputs = new Value[shapes.length];
                    for (int i = 0; i < shapes.length; i++) {
                        inputs[i] = g.input("x" + i, shapes[i]);
                    }
                    g.add(op, inputs);
                })
                .isInstanceOf(IllegalArgumentException.class);
    }
}
