package dev.halfwave.onnx.translate;

import dev.halfwave.activation.Formula.Function;
import dev.halfwave.activation.HardSwish;
import dev.halfwave.activation.Mish;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Softplus;
import dev.halfwave.activation.Softsign;
import dev.halfwave.activation.Tanh;
import dev.halfwave.onnx.file.OnnxNode;
import dev.halfwave.op.Apply;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.LogSoftmax;
import dev.halfwave.op.Reduction;
import dev.halfwave.op.Softmax;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** ONNX's ops by name: one line for each. */
public final class Operators {
    private static final Map<String, Importer> KNOWN = new TreeMap<>();

    static {
        sources();
        activations();
        functions();
        arithmetic();
        KNOWN.put("Conv", Importer.one(Convolutions::conv));
        KNOWN.put("ConvTranspose", Importer.one(Convolutions::transposed));
        KNOWN.put("Gemm", Importer.one(Products::gemm));
        KNOWN.put("MatMul", Importer.one(Products::matMul));
        KNOWN.put("RNN", call -> Recurrent.translate(call, new Cells.Simple()));
        KNOWN.put("LSTM", call -> Recurrent.translate(call, new Cells.LongShortTerm()));
        KNOWN.put("GRU", call -> Recurrent.translate(call, new Cells.Gated()));
        pools();
        norms();
        reductions();
        shapes();
        pieces();
    }

    private Operators() {}

    private static void sources() {
        KNOWN.put("Constant", Basics::constant);
        KNOWN.put("ConstantOfShape", Basics::constantOfShape);
        KNOWN.put("Range", Basics::range);
        KNOWN.put("Cast", Basics::cast);
        KNOWN.put("CastLike", Basics::castLike);
        KNOWN.put("Identity", Basics::identity);
        KNOWN.put("Dropout", Basics::dropout);
    }

    private static void activations() {
        KNOWN.put("Relu", Pointwise.activation(a -> new Relu()));
        KNOWN.put("LeakyRelu", Importer.one(Pointwise::leakyRelu));
        KNOWN.put("PRelu", Importer.one(Pointwise::prelu));
        KNOWN.put("ThresholdedRelu", Importer.one(Pointwise::thresholdedRelu));
        KNOWN.put("Elu", Pointwise.activation(Pointwise::elu));
        KNOWN.put("Celu", Pointwise.activation(Pointwise::celu));
        KNOWN.put("Selu", Pointwise.activation(Pointwise::selu));
        KNOWN.put("Gelu", Pointwise.activation(Pointwise::gelu));
        KNOWN.put("Sigmoid", Pointwise.activation(a -> new Sigmoid()));
        KNOWN.put("HardSigmoid", Pointwise.activation(Pointwise::hardSigmoid));
        KNOWN.put("HardSwish", Pointwise.activation(a -> new HardSwish()));
        KNOWN.put("Swish", Pointwise.activation(Pointwise::swish));
        KNOWN.put("Mish", Pointwise.activation(a -> new Mish()));
        KNOWN.put("Tanh", Pointwise.activation(a -> new Tanh()));
        KNOWN.put("Softplus", Pointwise.activation(a -> new Softplus()));
        KNOWN.put("Softsign", Pointwise.activation(a -> new Softsign()));
        KNOWN.put("Shrink", Pointwise.activation(Pointwise::shrink));
        KNOWN.put("Clip", Importer.one(Arithmetic::clip));
        KNOWN.put("Softmax", Importer.one(call -> Softmaxes.along(call, new Softmax())));
        KNOWN.put("LogSoftmax", Importer.one(call -> Softmaxes.along(call, new LogSoftmax())));
        KNOWN.put("Hardmax", Importer.one(Softmaxes::hardmax));
    }

    private static void functions() {
        KNOWN.put("Abs", Pointwise.function(Function.ABS));
        KNOWN.put("Neg", Pointwise.function(Function.NEGATE));
        KNOWN.put("Exp", Pointwise.function(Function.EXP));
        KNOWN.put("Log", Pointwise.function(Function.LOG));
        KNOWN.put("Sqrt", Pointwise.function(Function.SQRT));
        KNOWN.put("Erf", Pointwise.function(Function.ERF));
        KNOWN.put("Floor", Pointwise.function(Function.FLOOR));
        KNOWN.put("Ceil", Pointwise.function(Function.CEIL));
        KNOWN.put("Round", Pointwise.function(Function.ROUND));
        KNOWN.put("Sign", Pointwise.function(Function.SIGN));
        KNOWN.put("Sin", Pointwise.function(Function.SIN));
        KNOWN.put("Cos", Pointwise.function(Function.COS));
        KNOWN.put("Tan", Pointwise.function(Function.TAN));
        KNOWN.put("Asin", Pointwise.function(Function.ASIN));
        KNOWN.put("Acos", Pointwise.function(Function.ACOS));
        KNOWN.put("Atan", Pointwise.function(Function.ATAN));
        KNOWN.put("Sinh", Pointwise.function(Function.SINH));
        KNOWN.put("Cosh", Pointwise.function(Function.COSH));
        KNOWN.put("Asinh", Pointwise.function(Function.ASINH));
        KNOWN.put("Acosh", Pointwise.function(Function.ACOSH));
        KNOWN.put("Atanh", Pointwise.function(Function.ATANH));
        KNOWN.put("Reciprocal", Importer.one(call -> call.add(Apply.reciprocal(), call.value(0))));
    }

    private static void arithmetic() {
        KNOWN.put("Add", Importer.one(call -> Arithmetic.binary(call, BinaryFunction.ADD)));
        KNOWN.put("Sub", Importer.one(call -> Arithmetic.binary(call, BinaryFunction.SUBTRACT)));
        KNOWN.put("Mul", Importer.one(call -> Arithmetic.binary(call, BinaryFunction.MULTIPLY)));
        KNOWN.put("Div", Importer.one(Arithmetic::divide));
        KNOWN.put("Mod", Importer.one(Arithmetic::modulo));
        KNOWN.put("Pow", Importer.one(Arithmetic::power));
        KNOWN.put("Sum", Importer.one(call -> Arithmetic.over(call, BinaryFunction.ADD)));
        KNOWN.put("Mean", Importer.one(Arithmetic::mean));
        KNOWN.put("Max", Importer.one(call -> Arithmetic.over(call, BinaryFunction.MAX)));
        KNOWN.put("Min", Importer.one(call -> Arithmetic.over(call, BinaryFunction.MIN)));
        KNOWN.put("Equal", call -> Arithmetic.compare(call, BinaryFunction.EQUAL));
        KNOWN.put("Less", call -> Arithmetic.compare(call, BinaryFunction.LESS));
        KNOWN.put("LessOrEqual", call -> Arithmetic.compare(call, BinaryFunction.LESS_OR_EQUAL));
        KNOWN.put("Greater", call -> Arithmetic.compare(call, BinaryFunction.GREATER));
        KNOWN.put("GreaterOrEqual", call -> Arithmetic.compare(call, BinaryFunction.GREATER_OR_EQUAL));
        KNOWN.put("And", call -> Arithmetic.compare(call, BinaryFunction.AND));
        KNOWN.put("Or", call -> Arithmetic.compare(call, BinaryFunction.OR));
        KNOWN.put("Xor", call -> Arithmetic.compare(call, BinaryFunction.XOR));
        KNOWN.put("Not", Arithmetic::not);
        KNOWN.put("IsNaN", Arithmetic::isNaN);
        KNOWN.put("IsInf", Arithmetic::isInfinite);
        KNOWN.put("Where", Arithmetic::where);
    }

    private static void pools() {
        KNOWN.put("MaxPool", Pools::max);
        KNOWN.put("AveragePool", Importer.one(Pools::average));
        KNOWN.put("LpPool", Importer.one(Pools::lp));
        KNOWN.put("MaxUnpool", Importer.one(Pools::unpool));
        KNOWN.put("GlobalAveragePool", Importer.one(Pools::globalAverage));
        KNOWN.put("GlobalMaxPool", Importer.one(Pools::globalMax));
        KNOWN.put("GlobalLpPool", Importer.one(Pools::globalLp));
    }

    private static void norms() {
        KNOWN.put("BatchNormalization", Norms::batch);
        KNOWN.put("InstanceNormalization", Importer.one(Norms::instance));
        KNOWN.put("GroupNormalization", Importer.one(Norms::group));
        KNOWN.put("LayerNormalization", Norms::layer);
        KNOWN.put("RMSNormalization", Importer.one(Norms::rootMeanSquare));
        KNOWN.put("MeanVarianceNormalization", Importer.one(Norms::meanVariance));
        KNOWN.put("LpNormalization", Importer.one(Norms::lp));
        KNOWN.put("LRN", Importer.one(Norms::localResponse));
    }

    private static void reductions() {
        KNOWN.put("ReduceSum", Importer.one(call -> Reductions.reduce(call, Reduction.SUM)));
        KNOWN.put("ReduceMean", Importer.one(call -> Reductions.reduce(call, Reduction.MEAN)));
        KNOWN.put("ReduceMax", Importer.one(call -> Reductions.reduce(call, Reduction.MAX)));
        KNOWN.put("ReduceMin", Importer.one(call -> Reductions.reduce(call, Reduction.MIN)));
        KNOWN.put("ReduceProd", Importer.one(call -> Reductions.reduce(call, Reduction.PRODUCT)));
        KNOWN.put("ReduceL1", Importer.one(Reductions::l1));
        KNOWN.put("ReduceL2", Importer.one(Reductions::l2));
        KNOWN.put("ReduceSumSquare", Importer.one(Reductions::sumOfSquares));
        KNOWN.put("ReduceLogSum", Importer.one(Reductions::logOfSum));
        KNOWN.put("ReduceLogSumExp", Importer.one(Reductions::logOfSumOfExponentials));
        KNOWN.put("CumSum", Importer.one(Reductions::cumulative));
        KNOWN.put("ArgMax", call -> Reductions.arg(call, false));
        KNOWN.put("ArgMin", call -> Reductions.arg(call, true));
    }

    private static void shapes() {
        KNOWN.put("Shape", Shapes::shape);
        KNOWN.put("Size", Shapes::size);
        KNOWN.put("Reshape", Importer.one(Shapes::reshape));
        KNOWN.put("Flatten", Importer.one(Shapes::flatten));
        KNOWN.put("Squeeze", Importer.one(Shapes::squeeze));
        KNOWN.put("Unsqueeze", Importer.one(Shapes::unsqueeze));
        KNOWN.put("Transpose", Importer.one(Shapes::transpose));
        KNOWN.put("Expand", Importer.one(Shapes::expand));
        KNOWN.put("DepthToSpace", Importer.one(Shapes::depthToSpace));
        KNOWN.put("SpaceToDepth", Importer.one(Shapes::spaceToDepth));
        KNOWN.put("Resize", Importer.one(Resizing::resize));
        KNOWN.put("Upsample", Importer.one(Resizing::byScales));
    }

    private static void pieces() {
        KNOWN.put("Concat", Importer.one(Pieces::concat));
        KNOWN.put("Split", Pieces::split);
        KNOWN.put("Slice", Importer.one(Pieces::slice));
        KNOWN.put("Gather", Importer.one(Gathers::gather));
        KNOWN.put("GatherElements", Importer.one(Gathers::gatherElements));
        KNOWN.put("GatherND", Importer.one(Gathers::gatherPieces));
        KNOWN.put("CenterCropPad", Importer.one(Pads::center));
        KNOWN.put("Tile", Importer.one(Pieces::tile));
        KNOWN.put("Pad", Importer.one(Pads::pad));
    }

    /** The names of all ops that are read. */
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    /** The nodes whose ops are not among them. */
    public static List<OnnxNode> unsupported(List<OnnxNode> nodes) {
        return nodes.stream().filter(node -> !KNOWN.containsKey(node.type())).toList();
    }

    /** The importer of a node whose op is known. */
    static Importer of(OnnxNode node) {
        Importer importer = KNOWN.get(node.type());
        if (importer == null) {
            throw new IllegalArgumentException("expected one of the ops " + Collections.unmodifiableSet(KNOWN.keySet())
                    + ", received " + node.type());
        }
        return importer;
    }
}
