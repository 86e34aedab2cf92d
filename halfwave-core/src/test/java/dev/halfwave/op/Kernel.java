package dev.halfwave.op;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.rewrite.Rewriter;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Tensor;
import java.util.List;

/** One op run by its kernels, for the few inputs that a test writes out. */
final class Kernel {
    private Kernel() {}

    /** The op's first output. */
    static Tensor run(Op op, DoubleTensor... inputs) {
        GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
        Value[] values = new Value[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            values[i] = g.input("x" + i, inputs[i].shape());
        }
        g.output("y", g.add(op, values));
        Graph graph = g.build();
        Parameters none = new Parameters(ParameterLayout.of(graph));
        Session session = Compiler.compile(graph, none.layout(), new Rewriter(List.of()), Providers.active())
                .session(none, WorkerPool.shared());
        for (int i = 0; i < inputs.length; i++) {
            session.feed("x" + i, inputs[i].toFloat());
        }
        session.poison();
        session.run(0);
        return session.output("y");
    }
}
