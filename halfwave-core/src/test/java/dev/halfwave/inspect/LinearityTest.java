package dev.halfwave.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.Elu;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Pieces;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Relu6;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Softplus;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Embed;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Softmax;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearityTest {
    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
    private final Value x = g.input("x", Shape.of(2, 3));
    private final Value y = g.input("y", Shape.of(3, 2));
    private final Value one = g.constant(Tensor.full(Shape.of(2, 3), 1));

    @Test
    void knowsWhichActivationsAreStraight() {
        assertThat(List.of(new Identity(), new Relu(), new Relu6(), new LeakyRelu(0.3)))
                .allMatch(Pieces::areStraight);
        assertThat(List.of(new Elu(), new Sigmoid(), new Softplus())).noneMatch(Pieces::areStraight);
    }

    @Test
    void triesOpsThatItDoesNotKnow() {
        assertThatCode(() -> check(new Slice(1, 0, 2), x)).doesNotThrowAnyException();
        assertThatCode(() -> check(new Embed(1, 1, 5), x)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(new Softmax(), x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("softmax: expected a piecewise linear op, received softmax");
    }

    @Test
    void takesAConstantBesideWhatVaries() {
        assertThatCode(() -> check(new Concat(1), one, x)).doesNotThrowAnyException();
    }

    @Test
    void refusesProductsOfTwoThatVary() {
        assertThatThrownBy(() -> check(new MatMul(false, false), x, y))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("matmul: expected a piecewise linear op, received matmul");
        assertThatCode(() -> check(new MatMul(false, false), one, y)).doesNotThrowAnyException();
    }

    private void check(Op op, Value... inputs) {
        Node node = g.addNode(op, Arrays.asList(inputs));
        Linearity.check(node, new HashSet<>(List.of(x, y)));
    }
}
