package dev.halfwave.onnx.file;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A tensor that stands in a file, narrowed to float32 for graphs; integers are also kept as they are. */
public final class Literal {
    private final ElementType type;
    private final Tensor tensor;
    private final @Nullable DoubleTensor exact;

    private Literal(ElementType type, Tensor tensor, @Nullable DoubleTensor exact) {
        this.type = type;
        this.tensor = tensor;
        this.exact = exact;
    }

    /** Numbers that float32 holds. */
    public static Literal of(ElementType type, Tensor tensor) {
        return new Literal(type, tensor, null);
    }

    /** Numbers that float32 need not hold. */
    public static Literal of(ElementType type, DoubleTensor exact) {
        return new Literal(type, exact.toFloat(), exact);
    }

    /** What the file says the elements are. */
    public ElementType type() {
        return type;
    }

    /** The sizes. */
    public Shape shape() {
        return tensor.shape();
    }

    /** The numbers in float32. */
    public Tensor tensor() {
        return tensor;
    }

    /** The numbers in double precision. */
    public DoubleTensor wide() {
        return exact == null ? DoubleTensor.of(tensor) : exact;
    }
}
