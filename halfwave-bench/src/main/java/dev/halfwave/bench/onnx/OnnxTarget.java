package dev.halfwave.bench.onnx;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Tanh;
import dev.halfwave.bench.translate.Target;
import dev.halfwave.bench.translate.Weight;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says each layer as a node of an ONNX graph; values are names. */
final class OnnxTarget implements Target<String> {
    private static final int FLOAT = 1;
    private static final int INT = 2;
    private static final int INTS = 7;

    /** Activations without numbers of their own. */
    private static final Map<Class<? extends Activation>, String> ACTIVATIONS =
            Map.of(Relu.class, "Relu", Sigmoid.class, "Sigmoid", Tanh.class, "Tanh");

    private final Message body = new Message();
    private final Set<String> initializers = new HashSet<>();
    private int values;

    /** A graph's nodes and initializers so far. */
    Message body() {
        return body;
    }

    @Override
    public String conv2d(String x, Weight filters, Optional<Weight> bias, Conv2d op) {
        List<String> inputs = inputs(x, filters, bias);
        return add(
                "Conv",
                inputs,
                ints("kernel_shape", filters.size(2), filters.size(3)),
                strides(op.vertical(), op.horizontal()),
                pads(op.vertical(), op.horizontal()),
                ints("dilations", op.vertical().dilation(), op.horizontal().dilation()),
                integer("group", op.groups()));
    }

    @Override
    public String dense(String x, Weight weights, Optional<Weight> bias) {
        return add("Gemm", inputs(x, weights, bias));
    }

    @Override
    public String batchNorm(String x, Norm norm) {
        List<String> inputs = new ArrayList<>(List.of(x));
        for (Weight weight : List.of(norm.gamma(), norm.beta(), norm.mean(), norm.variance())) {
            inputs.add(initializer(weight));
        }
        return add("BatchNormalization", inputs, real("epsilon", (float) norm.epsilon()));
    }

    @Override
    public String activate(String x, Activation activation) {
        String type = ACTIVATIONS.get(activation.getClass());
        if (type == null) {
            throw new UnsupportedOperationException(
                    "onnx: no translation for activation " + activation.name() + "; add its line to OnnxTarget");
        }
        return add(type, List.of(x));
    }

    @Override
    public String maxPool(String x, MaxPool2d op) {
        return add("MaxPool", List.of(x), pool(op.vertical(), op.horizontal()));
    }

    @Override
    public String avgPool(String x, AvgPool2d op) {
        Message[] window = pool(op.vertical(), op.horizontal());
        return add("AveragePool", List.of(x), append(window, integer("count_include_pad", op.countPadding() ? 1 : 0)));
    }

    @Override
    public String globalAvgPool(String x, Shape input) {
        return add("GlobalAveragePool", List.of(x));
    }

    @Override
    public String flatten(String x) {
        return add("Flatten", List.of(x));
    }

    @Override
    public String dropout(String x, double rate) {
        throw new UnsupportedOperationException("onnx: expected a network for inference, received one with dropout");
    }

    @Override
    public String add(String a, String b) {
        return add("Add", List.of(a, b));
    }

    @Override
    public String concat(List<String> parts) {
        return add("Concat", parts, integer("axis", 1));
    }

    /** A node with one input and the given output. */
    void node(String type, String input, String output) {
        body.message(1, new Message().text(1, input).text(2, output).text(4, type));
    }

    private String add(String type, List<String> inputs, Message... attributes) {
        String output = type.toLowerCase(java.util.Locale.ROOT) + "_" + ++values;
        Message node = new Message();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(3, output).text(4, type);
        for (Message attribute : attributes) {
            node.message(5, attribute);
        }
        body.message(1, node);
        return output;
    }

    private List<String> inputs(String x, Weight weights, Optional<Weight> bias) {
        List<String> inputs = new ArrayList<>(List.of(x, initializer(weights)));
        bias.ifPresent(weight -> inputs.add(initializer(weight)));
        return inputs;
    }

    private String initializer(Weight weight) {
        if (initializers.add(weight.key())) {
            Message tensor = new Message();
            for (long size : weight.shape()) {
                tensor.number(1, size);
            }
            body.message(5, tensor.number(2, FLOAT).text(8, weight.key()).floats(9, weight.values()));
        }
        return weight.key();
    }

    private static Message[] pool(Window vertical, Window horizontal) {
        Message size = ints("kernel_shape", vertical.size(), horizontal.size());
        return new Message[] {size, strides(vertical, horizontal), pads(vertical, horizontal)};
    }

    private static Message[] append(Message[] messages, Message last) {
        List<Message> all = new ArrayList<>(List.of(messages));
        all.add(last);
        return all.toArray(Message[]::new);
    }

    private static Message strides(Window vertical, Window horizontal) {
        return ints("strides", vertical.stride(), horizontal.stride());
    }

    private static Message pads(Window vertical, Window horizontal) {
        return ints("pads", vertical.before(), horizontal.before(), vertical.after(), horizontal.after());
    }

    private static Message ints(String name, int... values) {
        Message attribute = new Message().text(1, name);
        for (int value : values) {
            attribute.number(8, value);
        }
        return attribute.number(20, INTS);
    }

    private static Message integer(String name, int value) {
        return new Message().text(1, name).number(3, value).number(20, INT);
    }

    private static Message real(String name, float value) {
        return new Message().text(1, name).real(2, value).number(20, FLOAT);
    }
}
