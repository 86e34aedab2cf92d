package dev.halfwave.rewrite;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Transpose;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A product of transposed and flattened images with fixed weights takes the images as they are, and the weights' rows
 * in their order.
 *
 * <p>So dense layers come behind convolutions in networks written for channels first. The weights are transposed once
 * per version of the parameters. Where something else reads the flattened images, as the weights' gradient does in
 * training, they have to be transposed anyway, and nothing is changed.
 */
public record PermuteRows() implements Rewrite {
    @Override
    public String name() {
        return "permute-rows";
    }

    @Override
    public String law() {
        return "matmul(flatten(transpose(x, p)), flatten(w)) = matmul(flatten(x), flatten(transpose(w, p⁻¹))) for p that"
                + " leaves the first axis of x where it is";
    }

    @Override
    public Optional<Value> apply(Site site) {
        boolean fixed = site.op() instanceof MatMul product
                && !product.transposeA()
                && site.input(1).producer().isLasting();
        return fixed
                ? site.soleProducer(0).filter(PermuteRows::isFlattened).map(flat -> replace(site, flat.input(0)))
                : Optional.empty();
    }

    private static boolean isFlattened(Node node) {
        return node.op() instanceof Reshape flat
                && node.input(0).producer().op() instanceof Transpose order
                && !node.isLasting()
                && order.order().get(0) == 0
                && flat.shape().size(0) == node.input(0).shape().size(0);
    }

    private static Value replace(Site site, Value transposed) {
        Value x = transposed.producer().input(0);
        Transpose back = ((Transpose) transposed.producer().op()).inverse();
        List<Value> inputs = new ArrayList<>(site.inputs());
        inputs.set(0, site.derive("rows", new Reshape(site.input(0).shape()), x));
        inputs.set(1, weights(site, transposed.shape().dropFirst(), back));
        return site.replace(site.op(), inputs);
    }

    /** The weights with the features of one image, which are in an order of that shape, put back into x's. */
    private static Value weights(Site site, Shape image, Transpose back) {
        Shape w = site.input(1).shape();
        boolean last = ((MatMul) site.op()).transposeB();
        Shape full = last ? image.prepend(w.size(0)) : append(image, w.size(1));
        Value split = site.derive("split", new Reshape(full), site.input(1));
        Value permuted = site.derive("permuted", last ? back : inFront(back), split);
        return site.derive("weights", new Reshape(w), permuted);
    }

    private static Shape append(Shape shape, int size) {
        int[] sizes = IntStream.concat(IntStream.of(shape.sizes()), IntStream.of(size))
                .toArray();
        return Shape.of(sizes);
    }

    /** The same order for axes that start at 0, with one more behind them that stays. */
    private static Transpose inFront(Transpose order) {
        int rank = order.order().size();
        return Transpose.of(IntStream.range(1, rank + 1)
                .map(axis -> axis < rank ? order.order().get(axis) - 1 : rank - 1)
                .toArray());
    }
}
