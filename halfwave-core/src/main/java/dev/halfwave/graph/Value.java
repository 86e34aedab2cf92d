package dev.halfwave.graph;

import dev.halfwave.tensor.Shape;

/** One output of one node: an edge of the graph. Values are compared by identity. */
public final class Value {
    private final Node producer;
    private final int index;
    private final Shape shape;

    Value(Node producer, int index, Shape shape) {
        this.producer = producer;
        this.index = index;
        this.shape = shape;
    }

    /** The node that computes it. */
    public Node producer() {
        return producer;
    }

    /** Which of the node's outputs it is, from 0. */
    public int index() {
        return index;
    }

    /** Its sizes. */
    public Shape shape() {
        return shape;
    }

    /** The producer's name, with the output's number behind it where there are several. */
    public String name() {
        return producer.outputs().size() == 1 ? producer.name() : producer.name() + ":" + index;
    }

    @Override
    public String toString() {
        return name() + shape;
    }
}
