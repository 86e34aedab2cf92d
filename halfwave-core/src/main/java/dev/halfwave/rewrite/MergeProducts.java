package dev.halfwave.rewrite;

import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two dense layers without anything between them are one, if that has fewer weights; its own follow from theirs and are
 * computed once per version of the parameters.
 */
public record MergeProducts() implements Rewrite {
    @Override
    public String name() {
        return "merge-products";
    }

    @Override
    public String law() {
        return "matmul(matmul(x, v, a), w, b) = matmul(x, v · w, a · w + b)";
    }

    @Override
    public Optional<Value> apply(Site site) {
        if (!(site.op() instanceof MatMul) || Linear.of(site).isEmpty()) {
            return Optional.empty();
        }
        return site.soleProducer(0)
                .filter(first -> isPlain(first) && pays(first, site))
                .map(first -> merged(site, first));
    }

    private static boolean isPlain(Node node) {
        return node.op() instanceof MatMul product
                && product.activation() instanceof Identity
                && Linear.of(node).isPresent()
                && !node.isLasting();
    }

    private static boolean pays(Node first, Site site) {
        long k = first.input(0).shape().size(1);
        long m = first.output().shape().size(1);
        long n = site.shape().size(1);
        return k * n < k * m + m * n;
    }

    private static Value merged(Site site, Node first) {
        MatMul one = (MatMul) first.op();
        MatMul two = (MatMul) site.op();
        Op product = new MatMul(one.transposeB(), two.transposeB());
        List<Value> inputs = new ArrayList<>(List.of(first.input(0)));
        inputs.add(site.derive("weights", product, first.input(1), site.input(1)));
        if (first.inputs().size() == 3) {
            inputs.add(bias(site, first.input(2), new MatMul(false, two.transposeB())));
        } else if (site.inputs().size() == 3) {
            inputs.add(site.input(2));
        }
        return site.replace(new MatMul(false, false, two.activation()), inputs);
    }

    /** {@code a · w + b}, or without b if there is none. */
    private static Value bias(Site site, Value a, Op product) {
        List<Value> inputs = new ArrayList<>(site.inputs());
        inputs.set(0, site.derive("row", new Reshape(Shape.of(1, a.shape().elements())), a));
        Value row = site.derive("shifted", product, inputs.toArray(Value[]::new));
        return site.derive("bias", new Reshape(Shape.of(site.shape().size(1))), row);
    }
}
