package dev.halfwave.onnx.write;

import dev.halfwave.activation.Abs;
import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Arctan;
import dev.halfwave.activation.Celu;
import dev.halfwave.activation.Elu;
import dev.halfwave.activation.HardSigmoid;
import dev.halfwave.activation.HardSwish;
import dev.halfwave.activation.HardTanh;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Relu6;
import dev.halfwave.activation.Selu;
import dev.halfwave.activation.Shrink;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Softplus;
import dev.halfwave.activation.Softsign;
import dev.halfwave.activation.Tanh;
import dev.halfwave.activation.ThresholdedRelu;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The activations that ONNX has an operator for; all others are written as their formulas. */
final class Activations {
    private static final Map<Class<? extends Activation>, Maker<? extends Activation>> KNOWN = new LinkedHashMap<>();

    static {
        put(Relu.class, (f, x, numbers) -> OnnxNode.of("Relu", x));
        put(LeakyRelu.class, (f, x, numbers) -> OnnxNode.of("LeakyRelu", x).number("alpha", f.slope()));
        put(Relu6.class, (f, x, numbers) -> OnnxNode.of("Clip", x, numbers.scalar(0), numbers.scalar(6)));
        put(Elu.class, (f, x, numbers) -> OnnxNode.of("Elu", x).number("alpha", f.alpha()));
        put(Abs.class, (f, x, numbers) -> OnnxNode.of("Abs", x));
        put(Arctan.class, (f, x, numbers) -> OnnxNode.of("Atan", x));
        put(Celu.class, (f, x, numbers) -> OnnxNode.of("Celu", x).number("alpha", f.alpha()));
        put(
                Selu.class,
                (f, x, numbers) ->
                        OnnxNode.of("Selu", x).number("alpha", f.alpha()).number("gamma", f.gamma()));
        put(
                HardSigmoid.class,
                (f, x, numbers) ->
                        OnnxNode.of("HardSigmoid", x).number("alpha", f.alpha()).number("beta", f.beta()));
        put(HardSwish.class, (f, x, numbers) -> OnnxNode.of("HardSwish", x));
        put(HardTanh.class, (f, x, numbers) -> OnnxNode.of("Clip", x, numbers.scalar(-1), numbers.scalar(1)));
        put(
                Shrink.class,
                (f, x, numbers) ->
                        OnnxNode.of("Shrink", x).number("lambd", f.lambd()).number("bias", f.bias()));
        put(Softsign.class, (f, x, numbers) -> OnnxNode.of("Softsign", x));
        put(
                ThresholdedRelu.class,
                (f, x, numbers) -> OnnxNode.of("ThresholdedRelu", x).number("alpha", f.theta()));
        put(Sigmoid.class, (f, x, numbers) -> OnnxNode.of("Sigmoid", x));
        put(Tanh.class, (f, x, numbers) -> OnnxNode.of("Tanh", x));
        put(Softplus.class, (f, x, numbers) -> OnnxNode.of("Softplus", x));
    }

    private Activations() {}

    private static <A extends Activation> void put(Class<A> type, Maker<A> maker) {
        KNOWN.put(type, maker);
    }

    /** The operator that computes f of the tensor x, or null if ONNX has none. */
    @SuppressWarnings("unchecked") // the table pairs each type with a maker for it
    static @Nullable OnnxNode operator(Activation f, String x, Initializers numbers) {
        Maker<Activation> maker = (Maker<Activation>) KNOWN.get(f.getClass());
        return maker == null ? null : maker.node(f, x, numbers);
    }

    /** Makes the operator of one activation. */
    @FunctionalInterface
    private interface Maker<A extends Activation> {
        OnnxNode node(A f, String x, Initializers numbers);
    }
}
