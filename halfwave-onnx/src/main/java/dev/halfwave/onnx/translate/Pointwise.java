package dev.halfwave.onnx.translate;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Celu;
import dev.halfwave.activation.Elu;
import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Gelu;
import dev.halfwave.activation.GeluTanh;
import dev.halfwave.activation.HardSigmoid;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Relu6;
import dev.halfwave.activation.Selu;
import dev.halfwave.activation.Shrink;
import dev.halfwave.activation.Swish;
import dev.halfwave.activation.ThresholdedRelu;
import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.Attributes;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Apply;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.PRelu;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Functions of every element. */
final class Pointwise {
    private static final double SELU_ALPHA = 1.6732631921768188;
    private static final double SELU_GAMMA = 1.0507010221481323;

    private Pointwise() {}

    /** The importer of an activation whose parameters are attributes. */
    static Importer activation(Function<Attributes, Activation> maker) {
        return Importer.one(call -> call.add(new Activate(maker.apply(call.attributes())), call.value(0)));
    }

    /** The importer of a function without parameters. */
    static Importer function(Formula.Function function) {
        return Importer.one(call -> call.add(Apply.of(function), call.value(0)));
    }

    /** Any slope below zero; those of 0 to 1 are what networks use. */
    static Value leakyRelu(Call call) {
        double slope = call.attributes().number("alpha", 0.01);
        if (slope > 0 && slope < 1) {
            return call.add(new Activate(new LeakyRelu(slope)), call.value(0));
        }
        if (slope == 0) {
            return call.add(new Activate(new Relu()), call.value(0));
        }
        Formula x = Formula.x();
        Formula derivative = Formula.select(x, Formula.constant(1), Formula.constant(slope));
        return call.add(new Apply("leaky_relu", Formula.select(x, x, x.times(slope)), derivative), call.value(0));
    }

    /** x above any threshold, 0 elsewhere. */
    static Value thresholdedRelu(Call call) {
        double threshold = call.attributes().number("alpha", 1);
        if (threshold > 0) {
            return call.add(new Activate(new ThresholdedRelu(threshold)), call.value(0));
        }
        Formula x = Formula.x();
        Formula none = Formula.constant(0);
        Formula above = x.plus(-threshold);
        Formula derivative = Formula.select(above, Formula.constant(1), none);
        return call.add(new Apply("thresholded_relu", Formula.select(above, x, none), derivative), call.value(0));
    }

    static Activation elu(Attributes attributes) {
        return new Elu(attributes.number("alpha", 1));
    }

    static Activation celu(Attributes attributes) {
        return new Celu(attributes.number("alpha", 1));
    }

    static Activation selu(Attributes attributes) {
        return new Selu(attributes.number("alpha", SELU_ALPHA), attributes.number("gamma", SELU_GAMMA));
    }

    static Activation gelu(Attributes attributes) {
        return attributes.choice("approximate", "none", List.of("none", "tanh")).equals("tanh")
                ? new GeluTanh()
                : new Gelu();
    }

    static Activation hardSigmoid(Attributes attributes) {
        return new HardSigmoid(attributes.number("alpha", 0.2), attributes.number("beta", 0.5));
    }

    static Activation swish(Attributes attributes) {
        return new Swish(attributes.number("alpha", 1));
    }

    static Activation shrink(Attributes attributes) {
        return new Shrink(attributes.number("lambd", 0.5), attributes.number("bias", 0));
    }

    /** A slope per channel, or slopes of any other shape that can be stretched. */
    static Value prelu(Call call) {
        Value x = call.value(0);
        Value slope = call.value(1);
        int rank = x.shape().rank();
        boolean perChannel = rank >= 2
                && slope.shape().elements() == x.shape().size(1)
                && (slope.shape().rank() == rank - 1
                                && slope.shape().size(0) == x.shape().size(1)
                        || slope.shape().rank() == rank
                                && slope.shape().size(1) == x.shape().size(1)
                        || slope.shape().rank() == 1 && rank == 2);
        if (perChannel) {
            Value channels = call.reshape(slope, slope.shape().elements());
            return Spatial.channelsSecond(call, call.add(new PRelu(), Spatial.channelsLast(call, x), channels));
        }
        Value negative = call.binary(
                BinaryFunction.MULTIPLY, call.binary(BinaryFunction.MIN, x, call.constant(0)), oldSlope(call, slope));
        return call.binary(BinaryFunction.ADD, call.add(new Activate(new Relu()), x), negative);
    }

    /** Before version 7 one slope per channel stood without axes behind it. */
    private static Value oldSlope(Call call, Value slope) {
        Shape x = call.shape(0);
        if (call.opset() >= 7 || slope.shape().rank() != 1 || slope.shape().elements() == 1) {
            return slope;
        }
        int[] sizes = new int[Math.max(1, x.rank() - 1)];
        Arrays.fill(sizes, 1);
        sizes[0] = slope.shape().elements();
        return call.reshape(slope, sizes);
    }

    /** min(max(x, low), high), as a rectifier where it is one. */
    static Value clip(Call call, Value x, double low, double high) {
        if (low == 0 && high == Double.POSITIVE_INFINITY) {
            return call.add(new Activate(new Relu()), x);
        }
        if (low == 0 && high == 6) {
            return call.add(new Activate(new Relu6()), x);
        }
        if (low == Double.NEGATIVE_INFINITY && high == Double.POSITIVE_INFINITY) {
            return x;
        }
        Formula f = Formula.x();
        Formula value = f;
        Formula slope = Formula.constant(1);
        if (low != Double.NEGATIVE_INFINITY) {
            value = value.max(low);
            slope = Formula.select(f.plus(-low), slope, Formula.constant(0));
        }
        if (high != Double.POSITIVE_INFINITY) {
            value = value.min(high);
            slope = Formula.select(Formula.constant(high).minus(f), slope, Formula.constant(0));
        }
        return call.add(new Apply("clip", value, slope), x);
    }

    /** |x|ᵖ. */
    static Value absolutePower(Call call, Value x, double p) {
        if (p == 2) {
            return call.binary(BinaryFunction.MULTIPLY, x, x);
        }
        Value absolute = call.add(absolute(), x);
        return p == 1 ? absolute : call.add(Apply.power(p), absolute);
    }

    /** The p-th root of what is not negative. */
    static Value root(Call call, Value x, double p) {
        return p == 1 ? x : call.add(p == 2 ? Apply.of(Formula.Function.SQRT) : Apply.power(1 / p), x);
    }

    static Apply absolute() {
        return Apply.of(Formula.Function.ABS);
    }

    /** 0 in place of −∞, as the maximum of nothing. */
    static Value finite(Call call, Value x) {
        return call.binary(BinaryFunction.MAX, x, call.constant(-Float.MAX_VALUE));
    }

    /** Whole numbers from others are cut towards zero, booleans are whether they are not zero. */
    static List<Operand> cast(Call call, ElementType to) {
        Value x = call.value(0);
        ElementType from = call.operand(0).type();
        if (to == ElementType.BOOL && from != ElementType.BOOL) {
            x = Arithmetic.negation(call, Arithmetic.negation(call, x));
        } else if (to.isInteger() && from.isFloating()) {
            x = call.add(Apply.of(Formula.Function.TRUNCATE), x);
        }
        return Call.of(x, to);
    }
}
