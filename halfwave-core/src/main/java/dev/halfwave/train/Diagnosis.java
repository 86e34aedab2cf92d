package dev.halfwave.train;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.data.Batch;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Source;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.rewrite.Rewriter;
import java.util.List;
import java.util.Optional;

/**
 * Finds where a number stopped being finite, by running the batch once more without fusion and looking at every output
 * in order.
 *
 * @param model the model before the bad step
 * @param plan how it is trained
 * @param pool the threads to use
 */
record Diagnosis(Model model, TrainingPlan plan, WorkerPool pool) {

    /**
     * The exception to stop with.
     *
     * @param when where in training it happened, as in {@code epoch 1, batch 17}
     */
    DivergenceException explain(String when, Batch batch, long randomKey, float[] gradients) {
        String advice = "; try a learning rate below " + plan.rate() + " or another initializer or activation";
        if (!finite(batch.images().data(), 0, batch.images().data().length)) {
            return failure(when, "input", "the images fed in", "; check the data");
        }
        Optional<String> parameter = firstBad(model.parameters().data(), false);
        if (parameter.isPresent()) {
            return failure(when, layer(parameter.get()), "parameter " + parameter.get(), advice);
        }
        Optional<Node> node = firstBadOutput(batch, randomKey);
        if (node.isPresent()) {
            return failure(
                    when, node.get().layer(), "the output of " + node.get().name(), advice);
        }
        String gradient = firstBad(gradients, true).orElse("unknown");
        return failure(when, layer(gradient), "the gradient of " + gradient, advice);
    }

    private static DivergenceException failure(String when, String layer, String what, String advice) {
        return new DivergenceException(
                when + ": expected finite numbers, received NaN or infinity; layer " + layer + " went bad first, in "
                        + what + advice,
                layer);
    }

    private static String layer(String parameter) {
        int dot = parameter.lastIndexOf('.');
        return dot < 0 ? parameter : parameter.substring(0, dot);
    }

    /** The first parameter, in the network's order, that is not finite in the given array. */
    private Optional<String> firstBad(float[] values, boolean trainableOnly) {
        return model.parameters().layout().entries().stream()
                .filter(entry -> !trainableOnly || entry.parameter().trainable())
                .filter(entry -> !finite(values, entry.offset(), entry.shape().elements()))
                .map(ParameterLayout.Entry::key)
                .findFirst();
    }

    private Optional<Node> firstBadOutput(Batch batch, long randomKey) {
        Graph graph = Programs.forward(model.network(), plan, batch.size(), batch.mixture() != null);
        List<Node> nodes = graph.nodes().stream()
                .filter(node -> !(node.op() instanceof Source))
                .toList();
        GraphBuilder g = GraphBuilder.continuing(graph, Mode.TRAINING);
        nodes.forEach(node -> g.output(node.name(), node.output()));
        Parameters parameters = model.parameters();
        Session session = Compiler.compile(g.build(), parameters.layout(), new Rewriter(List.of()), plan.kernels())
                .session(parameters, pool);
        Programs.feed(session, batch);
        session.run(randomKey);
        return nodes.stream()
                .filter(node -> !finite(
                        session.output(node.name()).data(),
                        0,
                        node.output().shape().elements()))
                .findFirst();
    }

    private static boolean finite(float[] values, int from, int n) {
        return Providers.active().elementwise().allFinite(values, from, n);
    }
}
