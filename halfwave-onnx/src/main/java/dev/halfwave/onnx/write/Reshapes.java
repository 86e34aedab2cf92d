package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Broadcast;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Transpose;
import java.util.List;
import java.util.Map;

/** Other shapes of the same elements. */
final class Reshapes {
    private static final int IMAGES = 4;

    private Reshapes() {}

    static void reshape(Reshape op, Node node, Writing out) {
        Value x = node.input(0);
        Value y = node.output();
        Layout to = movesNothing(y, out) ? Layout.CHANNELS_FIRST : Layout.AS_IS;
        if (isFlattening(x, y, out)
                && out.fusion().users(y).stream().allMatch(user -> absorbs(user, out))
                && !out.fusion().isResult(y)
                && !out.has(x, Layout.AS_IS)) {
            int[] image = x.shape().dropFirst().sizes();
            String rows = out.read(x, Layout.CHANNELS_FIRST);
            Layout flattened = Layout.flattened(image[0], image[1], image[2]);
            out.add(node, OnnxNode.of("Flatten", rows).integer("axis", 1), y, flattened);
            return;
        }
        Layout from = out.has(x, Layout.CHANNELS_FIRST) && movesNothing(x, out) ? Layout.CHANNELS_FIRST : Layout.AS_IS;
        List<Extent> before = from.sort(out.graphs().extents(x));
        List<Extent> after = to.sort(out.graphs().extents(y));
        String tensor = out.read(x, from);
        out.add(node, reshaped(tensor, before, after, out), y, to);
    }

    private static OnnxNode reshaped(String tensor, List<Extent> before, List<Extent> after, Writing out) {
        if (after.contains(Extent.fixed(0))) {
            return OnnxNode.of("Reshape", tensor, out.sizes().computed(after)).integer("allowzero", 1);
        }
        if (after.size() == 2 && before.size() > 2 && before.get(0).equals(after.get(0))) {
            return OnnxNode.of("Flatten", tensor).integer("axis", 1);
        }
        return OnnxNode.of("Reshape", tensor, out.sizes().reshape(before, after));
    }

    /** Another order of the axes may be another layout of what is there. */
    static void transpose(Transpose op, Node node, Writing out) {
        Value x = node.input(0);
        Value y = node.output();
        int rank = op.order().size();
        boolean known = false;
        for (Layout to : List.of(Layout.AS_IS, Layout.CHANNELS_FIRST)) {
            for (Map.Entry<Layout, String> form : out.forms(x).entrySet()) {
                boolean fits = !form.getKey().isFlattened() && (rank > 2 || to.equals(Layout.AS_IS));
                if (fits && form.getKey().order(rank).equals(to.sort(op.order()))) {
                    out.define(y, to, form.getValue());
                    known = true;
                }
            }
        }
        if (!known) {
            OnnxNode transpose =
                    OnnxNode.of("Transpose", out.read(x, Layout.AS_IS)).integers("perm", op.order());
            out.add(node, transpose, y, Layout.AS_IS);
        }
    }

    static void broadcast(Broadcast op, Node node, Writing out) {
        Value y = node.output();
        int rank = y.shape().rank();
        Layout layout = out.repeated(node.inputs(), rank);
        String shape = out.sizes().computed(layout.sort(out.graphs().extents(y)));
        OnnxNode expand = OnnxNode.of("Expand", out.repeated(node.input(0), layout, rank), shape);
        out.add(node, expand, y, layout);
    }

    /** Whether channels first and channels last are the same elements in the same order. */
    private static boolean movesNothing(Value value, Writing out) {
        if (value.shape().rank() != IMAGES) {
            return false;
        }
        List<Extent> extents = out.graphs().extents(value);
        return extents.get(3).isOne()
                || extents.get(1).isOne() && extents.get(2).isOne();
    }

    /** Whether images become rows. */
    private static boolean isFlattening(Value x, Value y, Writing out) {
        return x.shape().rank() == IMAGES
                && y.shape().rank() == 2
                && out.graphs().extents(x).get(0).equals(out.graphs().extents(y).get(0))
                && out.graphs().extents(x).subList(1, IMAGES).stream().noneMatch(Extent::followsBatch);
    }

    /** Whether a reader of rows takes them with channels first as well. */
    private static boolean absorbs(Node user, Writing out) {
        if (user.op() instanceof Activate) {
            return !out.fusion().isResult(user.output())
                    && out.fusion().users(user.output()).stream().allMatch(next -> absorbs(next, out));
        }
        return Products.takesFlattened(user, out);
    }
}
