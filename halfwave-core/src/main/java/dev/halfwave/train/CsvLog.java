package dev.halfwave.train;

import dev.halfwave.format.AtomicFile;
import dev.halfwave.format.ModelFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a table with one row per epoch as comma-separated values: epoch, loss, accuracy, validation loss, validation
 * accuracy, learning rate and images per second. Numbers are written in full; what was not measured is left empty.
 *
 * <p>A run that begins replaces the file. A run that is resumed keeps the rows of the epochs it does not do again.
 */
public final class CsvLog implements TrainingListener {
    private static final String HEAD =
            "epoch,loss,accuracy,validation_loss,validation_accuracy,learning_rate,images_per_second";

    private final Path file;
    private boolean resumed;
    private boolean begun;

    /** A listener for one run. */
    public CsvLog(Path file) {
        this.file = file;
    }

    @Override
    public void resumed(Trainer trainer, Map<String, String> notes) {
        resumed = true;
    }

    /**
     * Prepares the file.
     *
     * @throws ModelFormatException if a resumed run finds something other than such a table
     * @throws UncheckedIOException if it cannot be read or written
     */
    @Override
    public void epochStarted(int epoch, int batch, int batches) {
        if (begun) {
            return;
        }
        begun = true;
        String rows = resumed && Files.exists(file) ? rowsBefore(epoch) : "";
        AtomicFile.write(file, out -> out.write((HEAD + "\n" + rows).getBytes(StandardCharsets.UTF_8)));
    }

    private String rowsBefore(int epoch) {
        List<String> lines = lines();
        if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
            throw new ModelFormatException(file + ": expected a table with the columns " + HEAD + ", received "
                    + (lines.isEmpty() ? "an empty file" : "one that begins with another line")
                    + "; choose another file, or delete this one");
        }
        return lines.stream()
                .skip(1)
                .filter(row -> row.matches("\\d{1,9},.*") && Integer.parseInt(row.split(",", 2)[0]) < epoch)
                .map(row -> row + "\n")
                .collect(Collectors.joining());
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(
                    file, StandardCharsets.ISO_8859_1); // anything is, so that it can be refused above
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + ": expected a table to go on with, received an error (" + e + "); choose another file", e);
        }
    }

    @Override
    public void epochDone(Trainer trainer, EpochReport report) {
        String row = report.epoch() + "," + report.loss() + "," + report.accuracy() + ","
                + report.validation()
                        .map(score -> score.loss() + "," + score.accuracy())
                        .orElse(",")
                + "," + report.rate() + "," + report.imagesPerSecond() + "\n";
        try {
            Files.writeString(file, row, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    file + ": expected a file to add a row to, received an error (" + e + "); resume with another file",
                    e);
        }
    }
}
