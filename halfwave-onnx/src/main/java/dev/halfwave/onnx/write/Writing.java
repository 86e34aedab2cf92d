package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.onnx.proto.GraphProto;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A model in the making: what exporters read values from, and add nodes to. */
final class Writing {
    private final InStep graphs;
    private final Border border;
    private final Lasting lasting;
    private final Names names = new Names();
    private final Names nodes = new Names();
    private final GraphProto.Builder proto = GraphProto.newBuilder();
    private final Initializers initializers;
    private final Sizes sizes;
    private final Fusion fusion;
    private final Map<Value, Map<Layout, String>> tensors = new IdentityHashMap<>();

    Writing(InStep graphs, Lasting lasting, Border border) {
        this.graphs = graphs;
        this.border = border;
        this.lasting = lasting;
        this.initializers = new Initializers(proto, names, lasting);
        this.sizes = new Sizes(this);
        this.fusion = new Fusion(graphs.graph());
        border.names().forEach(names::unique);
    }

    GraphProto.Builder proto() {
        return proto;
    }

    InStep graphs() {
        return graphs;
    }

    Initializers initializers() {
        return initializers;
    }

    Fusion fusion() {
        return fusion;
    }

    /** What writes shapes as tensors. */
    Sizes sizes() {
        return sizes;
    }

    /** Whether a value exists in a layout; of a lasting one every layout does. */
    boolean has(Value value, Layout layout) {
        return isLasting(value) || forms(value).containsKey(layout);
    }

    boolean isLasting(Value value) {
        return value.producer().isLasting();
    }

    /** The tensors that hold a value. */
    Map<Layout, String> forms(Value value) {
        return tensors.getOrDefault(value, Map.of());
    }

    /** The layout in which a value was computed. */
    Layout first(Value value) {
        return forms(value).keySet().stream().findFirst().orElse(Layout.AS_IS);
    }

    /** The layout, with axes of its own, that most of the values exist in. */
    Layout common(List<Value> values) {
        int first = 0;
        int last = 0;
        int rank = 0;
        for (Value value : values) {
            if (!isLasting(value)) {
                first += has(value, Layout.CHANNELS_FIRST) ? 1 : 0;
                last += has(value, Layout.AS_IS) ? 1 : 0;
                rank = value.shape().rank();
            }
        }
        return first > last || first == last && first > 0 && rank > 2 ? Layout.CHANNELS_FIRST : Layout.AS_IS;
    }

    /** The name of the tensor that holds a value in a layout; made from another one if there is none yet. */
    String read(Value value, Layout layout) {
        String known = forms(value).get(layout);
        if (known != null) {
            return known;
        }
        if (isLasting(value)) {
            return stored(value, layout);
        }
        return Conversions.convert(this, value, layout);
    }

    private String stored(Value value, Layout layout) {
        if (graphs.extents(value).stream().anyMatch(Extent::followsBatch)) {
            return sizes.expanded(value, layout);
        }
        Shape shape = value.shape();
        return initializers.weight(value, Form.permuted(shape, layout.order(shape.rank())));
    }

    /** The numbers of a lasting value. */
    Tensor numbers(Value value) {
        return lasting.of(value);
    }

    /** The name of a tensor with the axes of a value in another order. */
    String permuted(Value value, Integer... order) {
        List<Integer> axes = Arrays.asList(order);
        if (isLasting(value)) {
            return initializers.weight(value, Form.permuted(value.shape(), axes));
        }
        String stem = value.name() + ".permuted";
        return step(stem, OnnxNode.of("Transpose", read(value, Layout.AS_IS)).integers("perm", axes));
    }

    /** The layout in which values can be repeated to one shape of the given rank. */
    Layout repeated(List<Value> values, int rank) {
        boolean shorter = values.stream()
                .anyMatch(value -> !isLasting(value) && value.shape().rank() < rank);
        return shorter ? Layout.AS_IS : common(values);
    }

    /** The name of a tensor that is repeated to a value of the given rank and layout. */
    String repeated(Value value, Layout layout, int rank) {
        int missing = rank - value.shape().rank();
        if (missing == 0 || !layout.channelsFirst()) {
            return read(value, layout);
        }
        int[] sizes = new int[rank];
        Arrays.setAll(sizes, axis -> axis < missing ? 1 : value.shape().size(axis - missing));
        return initializers.weight(value, Form.permuted(Shape.of(sizes), layout.order(rank)));
    }

    /** Numbers per channel as a tensor that is broadcast over a value of the given layout. */
    String perChannel(Value numbers, Layout layout, int rank) {
        if (!layout.channelsFirst()) {
            return read(numbers, Layout.AS_IS);
        }
        int[] column = new int[rank - 1];
        Arrays.fill(column, 1);
        column[0] = numbers.shape().elements();
        if (isLasting(numbers)) {
            return initializers.weight(numbers, Form.reshaped(Shape.of(column)));
        }
        String target = initializers.integers(Arrays.stream(column).boxed().toList());
        return step(numbers.name() + ".column", OnnxNode.of("Reshape", read(numbers, Layout.AS_IS), target));
    }

    /** Adds a node whose output no core value corresponds to, and returns the output's name. */
    String step(String stem, OnnxNode node) {
        String name = names.unique(stem);
        proto.addNode(node.named(nodes.unique(name), List.of(name)));
        return name;
    }

    /** Adds a node with several outputs that no core value corresponds to, and returns their names. */
    List<String> steps(String stem, OnnxNode node, int outputs) {
        List<String> made =
                Stream.generate(() -> names.unique(stem)).limit(outputs).toList();
        proto.addNode(node.named(nodes.unique(made.get(0)), made));
        return made;
    }

    /** Adds the node that computes a value in a layout. */
    void add(Node core, OnnxNode node, Value value, Layout layout) {
        String tensor = claim(value, layout);
        proto.addNode(node.named(nodes.unique(core.name()), List.of(tensor)));
    }

    /** Adds the node that brings a value into a further layout, and returns the tensor's name. */
    String convert(OnnxNode node, Value value, Layout layout) {
        String tensor = claim(value, layout);
        proto.addNode(node.named(nodes.unique(tensor), List.of(tensor)));
        return tensor;
    }

    /** A name for the tensor that is going to hold a value in a layout. */
    String claim(Value value, Layout layout) {
        String name = border.outputName(value, layout);
        if (name == null) {
            boolean first = forms(value).isEmpty();
            name = names.unique(first ? value.name() : value.name() + "." + layout.suffix());
        }
        define(value, layout, name);
        return name;
    }

    /** Adds a copy of a tensor under an output's name. */
    void copy(String tensor, String output) {
        proto.addNode(OnnxNode.of("Identity", tensor).named(nodes.unique(output), List.of(output)));
    }

    /** Says that a tensor holds a value in a layout. */
    void define(Value value, Layout layout, String tensor) {
        tensors.computeIfAbsent(value, fresh -> new LinkedHashMap<>()).put(layout, tensor);
    }
}
