package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.Attributes;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.onnx.file.Literal;
import dev.halfwave.onnx.file.Sizes;
import dev.halfwave.onnx.file.TensorReader;
import dev.halfwave.onnx.proto.TensorProto;
import dev.halfwave.op.Broadcast;
import dev.halfwave.op.Dropout;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;

/** Constants, casts, and ops that hand on what they get. */
final class Basics {
    private Basics() {}

    static List<Operand> constant(Call call) {
        Attributes attributes = call.attributes();
        TensorProto tensor = attributes.tensor("value");
        if (tensor != null) {
            return literal(call, new TensorReader().read(tensor, "its value"));
        }
        List<Float> floats = attributes.numbers("value_floats");
        if (floats != null) {
            return Call.of(call.constants(floats.stream().mapToDouble(f -> f).toArray()), ElementType.FLOAT);
        }
        List<Long> ints = attributes.integers("value_ints");
        if (ints != null) {
            return Call.of(
                    call.constants(ints.stream().mapToDouble(Long::doubleValue).toArray()), ElementType.INT64);
        }
        if (attributes.has("value_float")) {
            return Call.of(call.constant(attributes.number("value_float", 0)), ElementType.FLOAT);
        }
        if (attributes.has("value_int")) {
            return Call.of(call.constant((double) attributes.integer("value_int", 0)), ElementType.INT64);
        }
        throw call.wrong("a tensor or numbers", "neither");
    }

    private static List<Operand> literal(Call call, Literal literal) {
        Value value = literal.type().isFloating() && literal.type() != ElementType.DOUBLE
                ? call.constant(literal.tensor())
                : call.constant(literal.wide());
        return Call.of(value, literal.type());
    }

    static List<Operand> constantOfShape(Call call) {
        Shape shape = Sizes.shape(call.integers(0, "sizes"), "sizes");
        TensorProto tensor = call.attributes().tensor("value");
        Literal literal = tensor == null ? null : new TensorReader().read(tensor, "its value");
        if (literal != null && literal.shape().elements() != 1) {
            throw call.wrong("one number as its value", literal.shape().toString());
        }
        Value number = call.constant(literal == null ? 0 : literal.wide().data()[0]);
        Value filled = call.add(new Broadcast(shape), number);
        return Call.of(filled, literal == null ? ElementType.FLOAT : literal.type());
    }

    static List<Operand> range(Call call) {
        double start = call.number(0, "a start");
        double limit = call.number(1, "a limit");
        double delta = call.number(2, "a step");
        double count = Math.ceil((limit - start) / delta);
        if (delta == 0 || !(count < 1 << 16)) {
            throw call.wrong(
                    "a range of at most " + (1 << 16) + " numbers", start + " to " + limit + " in steps of " + delta);
        }
        double[] numbers = new double[(int) Math.max(0, count)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = start + i * delta;
        }
        return Call.of(call.constants(numbers), call.operand(0).type());
    }

    static List<Operand> cast(Call call) {
        return Pointwise.cast(call, ElementType.of(call.attributes().small("to", 0), "attribute to"));
    }

    static List<Operand> castLike(Call call) {
        return Pointwise.cast(call, call.operand(1).type());
    }

    static List<Operand> identity(Call call) {
        return List.of(call.operand(0));
    }

    /** Drops where a network is trained; else everything passes. */
    static List<Operand> dropout(Call call) {
        Operand x = call.operand(0);
        double ratio =
                call.has(1) ? call.number(1, "a ratio") : call.attributes().number("ratio", 0.5);
        boolean dropping = call.isTraining() && ratio > 0;
        Value y = dropping ? call.add(new Dropout(ratio, call.graph().prefix().hashCode()), x.value()) : x.value();
        if (!call.wants(1)) {
            return List.of(new Operand(y, x.type()));
        }
        DoubleTensor one = new DoubleTensor(Shape.of(), new double[] {1});
        Value mask = call.add(new Broadcast(x.shape()), call.constant(one));
        return List.of(new Operand(y, x.type()), new Operand(mask, call.opset() < 10 ? x.type() : ElementType.BOOL));
    }
}
