package dev.halfwave.bench.jmh;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Initializer;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.rewrite.Rewriter;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;

/** A program of one op on numbers from −1 to 1. */
final class OneOp {
    private static final Initializer RANDOM = (shape, into, offset, random) -> {
        for (int i = 0; i < shape.elements(); i++) {
            into[offset + i] = (float) random.nextDouble(-1, 1);
        }
    };

    private OneOp() {}

    /**
     * A session to run again and again.
     *
     * @param fed the shapes of the op's first inputs, which may change from run to run
     * @param lasting the shapes of its other inputs, from which whatever can be prepared is prepared once
     */
    static Session session(Op op, List<Shape> fed, List<Shape> lasting, Kernels kernels, int threads) {
        GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
        Value[] inputs = new Value[fed.size() + lasting.size()];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = i < fed.size()
                    ? g.input("x" + i, fed.get(i))
                    : g.source("w" + i, new Source.Parameter("w" + i, lasting.get(i - fed.size()), RANDOM, true));
        }
        g.output("y", g.add(op, inputs));
        ParameterLayout layout = ParameterLayout.of(g.build());
        Session session = Compiler.compile(g.build(), layout, new Rewriter(List.of()), kernels)
                .session(Parameters.initialized(layout, 1), new WorkerPool(threads));
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < fed.size(); i++) {
            Tensor tensor = Tensor.zeros(fed.get(i));
            RANDOM.fill(fed.get(i), tensor.data(), 0, random);
            session.feed("x" + i, tensor);
        }
        return session;
    }
}
