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
            paramLabel = "NAME|DIR",
            description =
                    "strokes (made on the fly, needs no files), mnist, or a folder with one sub-folder of images per class,"
                            + " perhaps in train and test (default: ${DEFAULT-VALUE}).")
    private String data = "strokes";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description =
                    "Where datasets with files are: mnist's, or the folder mnist with them (default: ${DEFAULT-VALUE}).")
    private Path dataDir = Path.of("data");

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Use at most N images of each part, the classes in proportion (default: all).")
    private @Nullable Integer limit;

    /** What was asked for, with the images of folders in the given form. */
    DataSettings settings(ImageOptions images) {
        int most = limit == null ? 0 : new Check(spec.commandLine()).positive("--limit", limit);
        return new DataSettings(whereItIs(), dataDir.toAbsolutePath().normalize(), most, images);
    }

    /** A folder in full, so that training may be resumed from anywhere; anything else as it is. */
    private String whereItIs() {
        try {
            Path folder = Path.of(data);
            boolean path = !Datasets.names().contains(data) && !data.isEmpty() && Files.exists(folder);
            return path ? folder.toAbsolutePath().normalize().toString() : data;
        } catch (InvalidPathException e) {
            return data; // no path, so perhaps a misspelt name
        }
    }
}
