package dev.halfwave.cli;

import dev.halfwave.data.Datasets;
import dev.halfwave.data.ImageOptions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say what data to use. */
final class DataOptions {
    static final String DATA = "--data";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = DATA,
            paramLabel = "NAME|PATH",
            description =
                    "strokes (made on the fly, needs no files); mnist, fashion-mnist, kmnist, cifar10 or cifar100, downloaded"
                            + " into the data directory if they are not there; or the path of a folder with one sub-folder of"
                            + " images per class, perhaps in train and test, of a zip or tar.gz of one, of a CSV table with a"
                            + " label and the pixels of one image a line, or of CIFAR's binary files"
                            + " (default: ${DEFAULT-VALUE}).")
    private String data = "strokes";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where datasets with files are, each in the folder of its name (default: ${DEFAULT-VALUE}).")
    private Path dataDir = Path.of("data");

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Use at most N images of each part, the classes in proportion (default: all).")
    private @Nullable Integer limit;

    /** What was asked for, with the images of folders in the given form. */
    DataSettings settings(ImageOptions images) {
        int most = limit == null ? 0 : new Check(spec.commandLine()).positive("--limit", limit);
        return new DataSettings(whereItIs(), dataDir.toAbsolutePath().normalize(), most, images, false);
    }

    /** A path in full, so that training may be resumed from anywhere; anything else as it is. */
    private String whereItIs() {
        try {
            Path place = Path.of(data);
            boolean path = !Datasets.names().contains(data) && !data.isEmpty() && Files.exists(place);
            return path ? place.toAbsolutePath().normalize().toString() : data;
        } catch (InvalidPathException e) {
            return data; // no path, so perhaps a misspelt name
        }
    }
}
