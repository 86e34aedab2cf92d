package dev.halfwave.compile;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Result;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.rewrite.Rewriter;
import dev.halfwave.rewrite.Rules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a graph into a {@link Program}: rewrites it, lowers every op to kernels, plans the memory. */
public final class Compiler {
    private final Graph graph;
    private final Kernels kernels;
    private final BufferPlanner planner;
    private final boolean frozen;
    private final List<Program.Entry> steps = new ArrayList<>();
    private final List<Program.Entry> preparations = new ArrayList<>();
    private int preparedEnd = 12;

    private Compiler(Graph graph, ParameterLayout layout, Kernels kernels) {
        this.graph = graph;
        this.kernels = kernels;
        this.planner = new BufferPlanner(graph, layout);
        this.frozen = graph.results().keySet().stream().allMatch(Result.Output.class::isInstance);
    }

    /** Compiles with the standard rules and the active kernels. */
    public static Program compile(Graph graph, ParameterLayout layout) {
        return compile(graph, layout, new Rewriter(Rules.standard()), Providers.active());
    }

    /**
     * Compiles a graph.
     *
     * @param graph what to compute
     * @param layout where its parameters stand; may hold more than the graph uses
     * @param rewriter the rules to apply first
     * @param kernels what to compute with
     * @throws IllegalArgumentException if a parameter is not in the layout, or the batch needs more memory than one array
     *     holds
     */
    public static Program compile(Graph graph, ParameterLayout layout, Rewriter rewriter, Kernels kernels) {
        return new Compiler(rewriter.apply(graph), layout, kernels).program(layout);
    }

    private Program program(ParameterLayout layout) {
        List<Node> nodes = graph.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            boolean once = isOnce(node);
            if (once) {
                planner.assignPrepared(node, this::prepared);
            } else {
                planner.assign(node, i);
            }
            if (!(node.op() instanceof Source) && !node.op().isView()) {
                Step step = node.op().lower(new NodeLowering(this, node, i));
                (once ? preparations : steps).add(new Program.Entry(node, step, planner.buffer(node.output())));
            }
        }
        Map<String, Buffer> outputs = new LinkedHashMap<>();
        List<Program.Copy> gradients = new ArrayList<>();
        List<Program.Copy> updates = new ArrayList<>();
        graph.results().forEach((result, value) -> {
            Buffer from = planner.buffer(value);
            if (result instanceof Result.Output output) {
                outputs.put(output.name(), from);
            } else if (result instanceof Result.Update update) {
                updates.add(
                        new Program.Copy(from, layout.entry(update.parameter()).offset()));
            } else if (result instanceof Result.Gradient gradient
                    && !planner.inPlaceGradient(value, gradient.parameter())) {
                gradients.add(new Program.Copy(
                        from, layout.entry(gradient.parameter()).offset()));
            }
        });
        int arenaLength = MemoryPlan.place(planner.arena());
        return new Program(
                graph,
                layout,
                kernels,
                steps,
                preparations,
                outputs,
                gradients,
                updates,
                arenaLength,
                preparedEnd,
                planner.constants());
    }

    Kernels kernels() {
        return kernels;
    }

    BufferPlanner planner() {
        return planner;
    }

    /**
     * Whether a node is computed once per version of the parameters. Its scratch memory is the arena's all the same, in which nothing is in
     * use before the first step.
     */
    private boolean isOnce(Node node) {
        return frozen && node.isLasting() && !(node.op() instanceof Source);
    }

    /** Whether a value stays the same from run to run, so that what follows from it can be kept. */
    boolean isLasting(Value value) {
        return value.producer().op() instanceof Source.Constant
                || frozen && value.producer().isLasting();
    }

    /** Memory that is filled once per version of the parameters. */
    Buffer prepared(int floats) {
        Buffer buffer = Buffer.fixed(Space.PREPARED, floats, preparedEnd);
        preparedEnd = Math.addExact(preparedEnd, Math.addExact(floats, 15) / 16 * 16);
        return buffer;
    }

    void prepareOnce(Node node, Step step, Buffer into) {
        preparations.add(new Program.Entry(node, step, into));
    }

    void prepareEveryTime(Node node, Step step, Buffer into) {
        steps.add(new Program.Entry(node, step, into));
    }
}
