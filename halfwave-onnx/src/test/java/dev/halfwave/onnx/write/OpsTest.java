package dev.halfwave.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activations;
import dev.halfwave.activation.Elu;
import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Function;
import dev.halfwave.activation.HardSigmoid;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Softplus;
import dev.halfwave.activation.Softsign;
import dev.halfwave.activation.Tanh;
import dev.halfwave.activation.ThresholdedRelu;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.init.Constant;
import dev.halfwave.nn.init.He;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.Apply;
import dev.halfwave.op.ArgMax;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.BatchNorm;
import dev.halfwave.op.BatchedMatMul;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Broadcast;
import dev.halfwave.op.Cell;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Conv2dInputGradient;
import dev.halfwave.op.Embed;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.GruCell;
import dev.halfwave.op.LayerNorm;
import dev.halfwave.op.LogSoftmax;
import dev.halfwave.op.LstmCell;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.MaxPoolIndices;
import dev.halfwave.op.MovingAverage;
import dev.halfwave.op.PRelu;
import dev.halfwave.op.Recurrence;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Reduction;
import dev.halfwave.op.Resample;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.RnnCell;
import dev.halfwave.op.Scatter;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Softmax;
import dev.halfwave.op.Take;
import dev.halfwave.op.Transpose;
import dev.halfwave.op.Where;
import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Taps;
import dev.halfwave.tensor.Tensor;
import dev.halfwave.tensor.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every op that can be written, in ONNX Runtime; once on values as they are, once behind a convolution. */
class OpsTest {
    private static final Window THREE = new Window(3, 2, 1, 1, 0);
    private static final Map<String, Case> CASES = new LinkedHashMap<>();

    static {
        for (Activation f : Activations.all()) {
            images("activation " + f.name(), (g, x) -> g.add(new Activate(f), x));
        }
        for (Function function : Function.values()) {
            images("function " + function, (g, x) -> g.add(Apply.of(function), within(function, g, x)));
        }
        images("a constant function", (g, x) -> g.add(new Apply("two", Formula.constant(2), Formula.constant(0)), x));
        images("power", (g, x) -> g.add(Apply.power(3), x));
        for (BinaryFunction function : BinaryFunction.values()) {
            images("binary " + function, (g, x) -> g.add(new Binary(function), x, weights(g, "b", Shape.of(5, 1, 3))));
            images(
                    "binary of two " + function,
                    (g, x) -> g.add(new Binary(function), x, g.add(new Activate(new Relu()), x)));
        }
        images(
                "binary with a number",
                (g, x) -> g.add(new Binary(BinaryFunction.ADD), g.constant(Tensor.of(Shape.of(), 2)), x));
        images(
                "binary with a row",
                (g, x) -> g.add(
                        new Binary(BinaryFunction.MULTIPLY),
                        x,
                        g.add(new Reduce(Reduction.MAX, List.of(0), false), x)));
        images(
                "where",
                (g, x) -> g.add(new Where(), g.add(new Activate(new Relu()), x), x, weights(g, "b", Shape.of(3))));
        images("add", (g, x) -> g.add(new Add(new Relu()), x, g.add(new Activate(new Relu()), x)));
        images("bias", (g, x) -> g.add(new BiasAdd(), x, numbers(g, "bias", 3)));
        images(
                "computed bias",
                (g, x) -> g.add(new BiasAdd(), x, g.add(new Reduce(Reduction.MEAN, List.of(0, 1, 2), false), x)));
        images("prelu", (g, x) -> g.add(new PRelu(), x, numbers(g, "slope", 3)));
        images("batch norm", OpsTest::norm);
        rows("batch norm of rows", OpsTest::norm);
        cubes("batch norm of sequences", OpsTest::norm);
        images("batch norm in training", (g, x) -> {
            List<Value> made = g.addNode(new BatchNorm(0.01), List.of(x, numbers(g, "gamma", 3), numbers(g, "beta", 3)))
                    .outputs();
            Value mean = g.add(new MovingAverage(0.1), numbers(g, "mean", 3), made.get(1));
            return g.add(new BiasAdd(), g.add(new BiasAdd(), made.get(0), mean), made.get(2));
        });
        images("layer norm", (g, x) -> g.add(new LayerNorm(0.1), x));
        images("softmax", (g, x) -> g.add(new Softmax(), x));
        images("log softmax", (g, x) -> g.add(new LogSoftmax(), x));
        rows("softmax of rows", (g, x) -> g.add(new Softmax(), x));
        convolutions();
        pools();
        products();
        recurrences();
        for (int axis = 1; axis < 4; axis++) {
            along(axis);
        }
        images("slice from the end", (g, x) -> g.add(new Slice(-1, 1, 2), x));
        images("mean of images", (g, x) -> g.add(new Reduce(Reduction.MEAN, List.of(1, 2), false), x));
        images("reduction of nothing", (g, x) -> g.add(new Reduce(Reduction.MEAN, List.of(), true), x));
        shapes();
    }

    private static void convolutions() {
        Window dilated = new Window(3, 1, 2, 2, 1);
        images("convolution", (g, x) -> conv(g, x, new Conv2d(THREE, dilated, 1), 4));
        images("convolution in groups", (g, x) -> conv(g, x, new Conv2d(dilated, THREE, 3), 6));
        images(
                "convolution with bias and activation",
                (g, x) -> g.add(
                        new Conv2d(THREE, THREE, 1, new Relu()),
                        x,
                        weights(g, "w", Shape.of(3, 3, 3, 4)),
                        numbers(g, "b", 4)));
        images(
                "convolution with a bias behind it",
                (g, x) -> g.add(new BiasAdd(), conv(g, x, new Conv2d(THREE, THREE, 1), 4), numbers(g, "b", 4)));
        images("convolution that is read twice", (g, x) -> {
            Value z = conv(g, x, new Conv2d(THREE, THREE, 1), 4);
            return g.add(new Add(), z, g.add(new BiasAdd(), z, numbers(g, "b", 4)));
        });
        images("computed filters", (g, x) -> {
            Value mean = g.add(new Reduce(Reduction.MEAN, List.of(0), true), x);
            Value w = g.add(
                    new Reshape(Shape.of(3, 3, 3, 2)), g.add(new Slice(1, 0, 3), g.add(new Slice(2, 0, 6), mean)));
            return g.add(new Conv2d(THREE, THREE, 1), x, w);
        });
        images(
                "filters in another order",
                (g, x) -> g.add(
                        new Conv2d(THREE, THREE, 1),
                        x,
                        g.add(Transpose.of(2, 3, 1, 0), weights(g, "w", Shape.of(4, 3, 3, 3)))));
        images(
                "transposed convolution",
                (g, x) -> g.add(
                        new Conv2dInputGradient(THREE, dilated, 1, 10, 7), x, weights(g, "w", Shape.of(3, 3, 2, 3))));
        images(
                "transposed convolution in groups",
                (g, x) -> g.add(
                        new BiasAdd(),
                        g.add(
                                new Conv2dInputGradient(THREE, dilated, 3, 10, 7),
                                x,
                                weights(g, "w", Shape.of(3, 3, 2, 3))),
                        numbers(g, "b", 6)));
    }

    private static void pools() {
        Window dilated = new Window(2, 1, 2, 1, 1);
        Window wide = new Window(2, 2, 1, 1, 3);
        Window far = new Window(2, 1, 4, 3, 1);
        images("max pool", (g, x) -> g.add(new MaxPool2d(THREE, dilated), x));
        images("max pool with far padding", (g, x) -> g.add(new MaxPool2d(far, THREE), x));
        images("max pool of all", (g, x) -> g.add(new MaxPool2d(Window.of(5, 1), Window.of(6, 1)), x));
        images("where maxima stand", (g, x) -> g.add(new MaxPoolIndices(THREE, dilated), x));
        for (boolean counted : new boolean[] {false, true}) {
            images(
                    "average pool, padding counted: " + counted,
                    (g, x) -> g.add(new AvgPool2d(THREE, THREE, counted), x));
            images(
                    "dilated average pool, padding counted: " + counted,
                    (g, x) -> g.add(new AvgPool2d(dilated, THREE, counted), x));
            images(
                    "average pool with far padding, counted: " + counted,
                    (g, x) -> g.add(new AvgPool2d(wide, dilated, counted), x));
        }
        images("negative images between zeros in pools", (g, x) -> {
            Value y = g.add(new Embed(2, 1, 8), g.add(Apply.of(Function.NEGATE), g.add(Apply.of(Function.ABS), x)));
            return g.add(
                    new Add(), g.add(new MaxPool2d(THREE, THREE), y), g.add(new AvgPool2d(THREE, THREE, false), y));
        });
        images(
                "negative images between zeros in a pool",
                (g, x) -> g.add(
                        new MaxPool2d(Window.of(2, 1), Window.of(2, 1)),
                        g.add(new Embed(2, 1, 8), g.add(Apply.of(Function.NEGATE), g.add(Apply.of(Function.ABS), x)))));
        images("average of all", (g, x) -> g.add(new AvgPool2d(Window.of(5, 1), Window.of(6, 1), false), x));
    }

    private static void products() {
        rows("product", (g, x) -> g.add(new MatMul(false, false), x, weights(g, "w", Shape.of(7, 4))));
        rows(
                "product with transposed weights",
                (g, x) -> g.add(new MatMul(false, true), x, weights(g, "w", Shape.of(4, 7))));
        rows("product over the batch", (g, x) -> g.add(new MatMul(true, false), x, x));
        rows("product over features", (g, x) -> g.add(new MatMul(false, true), x, g.add(new Activate(new Relu()), x)));
        rows(
                "product with bias and activation",
                (g, x) -> g.add(
                        new MatMul(false, false, new Relu()), x, weights(g, "w", Shape.of(7, 4)), numbers(g, "b", 4)));
        rows(
                "product with a bias behind it",
                (g, x) -> g.add(
                        new BiasAdd(),
                        g.add(new MatMul(false, true), x, weights(g, "w", Shape.of(4, 7))),
                        numbers(g, "b", 4)));
        images("dense on flattened images", (g, x) -> dense(g, g.add(new Activate(new Relu()), flat(g, x)), false));
        images("transposed dense on flattened images", (g, x) -> dense(g, flat(g, x), true));
        images("flattened images that are read otherwise, too", (g, x) -> {
            Value rows = flat(g, x);
            return g.add(new Concat(1), rows, dense(g, rows, false));
        });
        images("flattened images as factors", (g, x) -> g.add(new MatMul(false, true), flat(g, x), flat(g, x)));
        for (boolean a : new boolean[] {false, true}) {
            for (boolean b : new boolean[] {false, true}) {
                cubes(
                        "batched product " + a + " " + b,
                        (g, x) -> g.add(
                                new BatchedMatMul(a, b),
                                a ? g.add(Transpose.of(0, 2, 1), x) : x,
                                b ? g.add(new Activate(new Relu()), x) : g.add(Transpose.of(0, 2, 1), x)));
            }
        }
    }

    private static void recurrences() {
        for (Activation f : List.of(
                new Relu(),
                new Tanh(),
                new Sigmoid(),
                new Softplus(),
                new Softsign(),
                new LeakyRelu(0.2),
                new Elu(0.5),
                new ThresholdedRelu(0.3),
                new HardSigmoid(0.3, 0.4),
                new Identity())) {
            cubes("recurrence of " + f.name(), (g, x) -> recurrence(g, x, new RnnCell(f), false));
        }
        for (Cell cell : List.of(new RnnCell(new Tanh()), new LstmCell(), new GruCell())) {
            for (boolean whole : new boolean[] {false, true}) {
                cubes(cell.name() + ", whole: " + whole, (g, x) -> recurrence(g, x, cell, whole));
                images(
                        cell.name() + " of pixels, whole: " + whole,
                        (g, x) -> recurrence(g, g.add(new Reshape(Shape.of(n(x), 30, 3)), x), cell, whole));
            }
        }
    }

    private static Value recurrence(GraphBuilder g, Value x, Cell cell, boolean whole) {
        int k = 6;
        List<Value> inputs = new ArrayList<>(List.of(
                x,
                weights(g, "w", Shape.of(x.shape().size(2), cell.gates() * k)),
                weights(g, "u", Shape.of(k, cell.gates() * k)),
                numbers(g, "b", cell.gates() * k)));
        if (cell.keepsApart()) {
            inputs.add(numbers(g, "rb", k));
        }
        return g.addNode(new Recurrence(cell, whole, false), inputs).output();
    }

    private static void along(int axis) {
        Taps taps = Taps.of(3, new int[] {0, 2, 3, 5}, new int[] {0, 1, 2, 1, 2}, new double[] {0.5, 0.25, 1, -1, 2});
        String where = " along axis " + axis;
        images("slice" + where, (g, x) -> g.add(new Slice(axis, 1, 2), x));
        images("embed" + where, (g, x) -> g.add(new Embed(axis, 2, 9), x));
        images("concat" + where, (g, x) -> g.add(new Concat(axis), x, g.add(new Activate(new Relu()), x), x));
        images("take" + where, (g, x) -> g.add(new Take(axis, Indices.of(2, 0, 1, 1)), x));
        images("resample" + where, (g, x) -> g.add(new Resample(axis, taps), g.add(new Slice(axis, 0, 3), x)));
        images(
                "scatter" + where,
                (g, x) -> g.add(new Scatter(axis, Indices.of(2, 0, 2), 4), g.add(new Slice(axis, 0, 3), x)));
        for (boolean keep : new boolean[] {false, true}) {
            for (Reduction reduction : Reduction.values()) {
                images(
                        reduction + where + (keep ? ", kept" : ""),
                        (g, x) -> g.add(new Reduce(reduction, List.of(axis), keep), x));
            }
            for (boolean smallest : new boolean[] {false, true}) {
                images(
                        "extreme" + where + keep + smallest,
                        (g, x) -> g.add(new ArgMax(axis, keep, smallest, smallest), x));
            }
        }
    }

    private static void shapes() {
        images("flatten", OpsTest::flat);
        images("reshape within samples", (g, x) -> g.add(new Reshape(Shape.of(n(x), 15, 6)), x));
        images("samples in parts", (g, x) -> g.add(new Reshape(Shape.of(5 * n(x), 18)), x));
        images(
                "samples in parts and back",
                (g, x) -> g.add(new Reshape(x.shape()), g.add(new Reshape(Shape.of(5 * n(x), 18)), x)));
        rows(
                "pixels of one row",
                (g, x) -> conv(
                        g,
                        g.add(new Reshape(Shape.of(n(x), 1, 1, 7)), x),
                        new Conv2d(Window.of(1, 1), Window.of(1, 1), 1),
                        2));
        rows(
                "the batch twice",
                (g, x) -> g.add(new Reshape(Shape.of(n(x), n(x))), g.add(new MatMul(false, true), x, x)));
        images("to channels first", (g, x) -> g.add(Transpose.of(0, 3, 1, 2), x));
        images("to channels last", (g, x) -> g.add(Transpose.of(0, 2, 3, 1), x));
        images("another order", (g, x) -> g.add(Transpose.of(2, 0, 3, 1), x));
        rows("a matrix turned", (g, x) -> g.add(Transpose.of(1, 0), x));
        images(
                "repeated",
                (g, x) -> g.add(
                        new Broadcast(Shape.of(n(x), 5, 6, 3)), g.add(new Reduce(Reduction.MAX, List.of(1), true), x)));
        rows("repeated in front", (g, x) -> g.add(new Broadcast(Shape.of(4, n(x), 7)), x));
        rows(
                "a constant for each sample",
                (g, x) -> g.add(new Concat(1), x, g.constant(Tensor.full(Shape.of(n(x), 2), 0.5f))));
        images(
                "a repeated parameter",
                (g, x) -> g.add(new Add(), x, g.add(new Broadcast(x.shape()), weights(g, "w", Shape.of(6, 1)))));
        images("the input itself", (g, x) -> x);
        rows("a constant", (g, x) -> numbers(g, "b", 3));
    }

    private static int n(Value x) {
        return x.shape().size(0);
    }

    private static Value flat(GraphBuilder g, Value x) {
        return g.add(new Reshape(Shape.of(n(x), 90)), x);
    }

    private static Value dense(GraphBuilder g, Value rows, boolean transposed) {
        Value w = weights(g, "w", transposed ? Shape.of(4, 90) : Shape.of(90, 4));
        return g.add(new BiasAdd(), g.add(new MatMul(false, transposed), rows, w), numbers(g, "b", 4));
    }

    private static Value norm(GraphBuilder g, Value x) {
        int c = x.shape().size(-1);
        return g.add(
                new FrozenBatchNorm(0.01),
                x,
                numbers(g, "gamma", c),
                numbers(g, "beta", c),
                numbers(g, "mean", c),
                numbers(g, "variance", c));
    }

    /** Brings x to where a function is defined, and smooth enough to be compared. */
    private static Value within(Function function, GraphBuilder g, Value x) {
        Value one = g.constant(Tensor.of(Shape.of(), 1));
        Value between = g.add(new Binary(BinaryFunction.MULTIPLY), x, g.constant(Tensor.of(Shape.of(), 0.4f)));
        return switch (function) {
            case ASIN, ACOS, ATANH -> g.add(Apply.of(Function.TANH), between);
            case SQRT, LOG, ACOSH, LOG1P ->
                g.add(new Binary(BinaryFunction.ADD), one, g.add(Apply.of(Function.ABS), x));
            case TAN -> between;
            default -> x;
        };
    }

    private static Value conv(GraphBuilder g, Value x, Conv2d op, int filters) {
        Shape shape =
                Shape.of(op.vertical().size(), op.horizontal().size(), x.shape().size(3) / op.groups(), filters);
        return g.add(op, x, weights(g, "filters" + filters, shape));
    }

    private static Value weights(GraphBuilder g, String key, Shape shape) {
        return g.parameter(key, shape, new He(1), true);
    }

    private static Value numbers(GraphBuilder g, String key, int size) {
        return g.parameter(key, Shape.of(size), new Constant(1), true);
    }

    private static void images(String name, Body body) {
        put(name, Shape.of(5, 6, 3), body);
        put(
                name + ", behind a convolution",
                Shape.of(5, 6, 3),
                (g, x) -> body.add(
                        g,
                        g.add(
                                new Conv2d(Window.of(1, 1), Window.of(1, 1), 1),
                                x,
                                weights(g, "first", Shape.of(1, 1, 3, 3)))));
    }

    private static void rows(String name, Body body) {
        put(name, Shape.of(7), body);
    }

    private static void cubes(String name, Body body) {
        put(name, Shape.of(4, 5), body);
    }

    private static void put(String name, Shape sample, Body body) {
        assertThat(CASES.put(name, new Case(sample, body))).as(name).isNull();
    }

    static Stream<String> names() {
        return CASES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void agrees(String name) {
        Case tested = CASES.get(name);
        Agreement.of(tested::graph, true, name.hashCode());
        Agreement.of(tested::graph, false, name.hashCode());
    }

    @Test
    void everyOpHasACase() {
        Set<Class<? extends Op>> seen = new HashSet<>();
        for (Case tested : CASES.values()) {
            for (Node node : tested.graph(2).nodes()) {
                if (!node.isLasting()) {
                    seen.add(node.op().getClass());
                }
            }
        }
        assertThat(new ArrayList<>(Exporters.types()))
                .allSatisfy(type -> assertThat(seen).contains(type));
    }

    /** What is to be written, between an input and the output {@code y}. */
    private record Case(Shape sample, Body body) {
        Graph graph(int batch) {
            GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
            g.output("y", body.add(g, g.input("x", sample.prepend(batch))));
            return g.build();
        }
    }

    @FunctionalInterface
    private interface Body {
        Value add(GraphBuilder g, Value x);
    }
}
