package dev.halfwave.cli;

import dev.halfwave.compile.Explanation;
import dev.halfwave.compile.Program;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.train.TrainingPlan;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which program of a model to explain. */
final class ExplainOptions {
    private static final String EXPLAIN = "--explain";
    private static final String BATCH = "--batch";
    private static final String TRAINING = "--training";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = EXPLAIN,
            description = "Also show the steps in which it predicts: the rewrite rules that made them, algorithms,"
                    + " operations, bytes of inputs and outputs, where results lie and until which step.")
    private boolean explain;

    @Option(names = BATCH, paramLabel = "N", description = "Images at once (default: ${DEFAULT-VALUE}).")
    private int batch = 1;

    @Option(names = TRAINING, description = "Explain a step of training instead.")
    private boolean training;

    @Mixin
    private Exactness exactness = new Exactness();

    @Mixin
    private RangeOption range = new RangeOption();

    @Mixin
    private TuneOptions tune = new TuneOptions();

    boolean wanted() {
        return explain;
    }

    /** That there is something to explain, and something to be explained about it. */
    void check(boolean modelGiven) {
        new Check(spec.commandLine()).positive(BATCH, batch);
        for (String option : List.of(BATCH, TRAINING, Exactness.OPTION, RangeOption.OPTION, TuneOptions.OPTION)) {
            if (!explain && spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(
                        spec.commandLine(), option + ": expected " + EXPLAIN + " with it, received none");
            }
        }
        if (training && range.given()) {
            throw new Check(spec.commandLine()).wrong(RangeOption.OPTION, "a model that predicts", TRAINING);
        }
        if (explain && !modelGiven) {
            throw new ParameterException(
                    spec.commandLine(), EXPLAIN + ": expected a --model to explain, received none");
        }
    }

    Explanation of(Model model, Console console) {
        WorkerPool pool = WorkerPool.shared();
        Kernels kernels = exactness.kernels();
        Program program = training
                ? TrainingPlan.usual(1, batch, 0).program(model.network(), tune.trainingKernels(kernels, pool, console))
                : range.within(model.predictor(pool, tune.kernels(kernels, pool, console)))
                        .program(batch);
        return program.explain();
    }

    /** An explanation for machines. */
    static Map<String, Object> object(Explanation explanation) {
        return Json.object(
                "kernels", explanation.kernels(),
                "arenaBytes", explanation.arenaBytes(),
                "unsharedBytes", explanation.unsharedBytes(),
                "preparedBytes", explanation.preparedBytes(),
                "flops", explanation.flops(),
                "bytes", explanation.bytes(),
                "steps",
                        explanation.lines().stream().map(ExplainOptions::object).toList());
    }

    private static Map<String, Object> object(Explanation.Line line) {
        return Json.object(
                "step", line.number(),
                "once", line.once(),
                "name", line.name(),
                "op", line.op(),
                "attributes", line.attributes(),
                "rules", line.rules(),
                "algorithm", line.algorithm(),
                "output", ModelFacts.sizes(line.output()),
                "flops", line.flops(),
                "bytes", line.bytes(),
                "place", line.place(),
                "until", line.until());
    }
}
