package dev.halfwave.cli;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Facts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code halfwave activations}. */
@Command(
        name = "activations",
        description = "Show what is known about the activation functions, and draw them.",
        sortOptions = false,
        footer = {
            "",
            "Derivatives are formulas of the input x or of the output y; of functions of a row, those of yᵢ by xⱼ.",
            "",
            "Example: halfwave activations relu \"elu(0.5)\" --plot activations.png"
        })
final class CheatSheet implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            completionCandidates = KnownNames.OfFacts.class,
            description = "Only these, with parameters if you like: relu, \"elu(0.5)\" (default: all).")
    private List<String> names = new ArrayList<>();

    @Option(names = "--markdown", description = "Print the table in Markdown.")
    private boolean markdown;

    @Option(
            names = "--plot",
            paramLabel = "FILE.png|svg",
            description = "Draw functions and derivatives instead of printing the table.")
    private @Nullable Path plot;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        if (markdown && (json || plot != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--markdown: expected a table alone, received " + (json ? "--json" : "--plot") + " besides");
        }
        Check check = new Check(spec.commandLine());
        List<Facts> functions = names.isEmpty()
                ? Facts.all()
                : names.stream()
                        .map(name -> check.value("NAME", () -> Facts.of(name)))
                        .toList();
        Map<String, Object> object = Json.object(
                "activations", functions.stream().map(ActivationFacts::object).toList());
        if (plot == null) {
            Console.of(spec, json).result(object, table(functions));
        } else {
            draw(ofOneNumber(functions, check), plot, check);
            object.put("plot", plot.toString());
            Console.of(spec, json).result(object, "saved " + plot);
        }
        return 0;
    }

    /** What can be drawn: all that is asked for by name, or what there is of that kind. */
    private List<Activation> ofOneNumber(List<Facts> functions, Check check) {
        for (Facts f : functions) {
            if (!names.isEmpty() && !(f instanceof Activation)) {
                throw check.wrong("--plot", "functions of one number", f.name() + ", which takes a row of them");
            }
        }
        return functions.stream()
                .filter(Activation.class::isInstance)
                .map(Activation.class::cast)
                .toList();
    }

    private String table(List<Facts> functions) {
        TextTable table = new TextTable(
                ActivationFacts.HEAD,
                functions.stream().map(ActivationFacts::cells).toList());
        return markdown ? table.markdown() : table.aligned();
    }

    private static void draw(List<Activation> functions, Path file, Check check) {
        String name = file.toString();
        ActivationPicture picture = new ActivationPicture(functions);
        if (name.endsWith(".png")) {
            picture.writePng(file);
        } else if (name.endsWith(".svg")) {
            picture.writeSvg(file);
        } else {
            throw check.wrong("--plot", "a file that ends in .png or .svg", name);
        }
    }
}
