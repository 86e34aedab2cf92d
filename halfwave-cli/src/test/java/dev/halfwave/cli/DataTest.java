package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.train.Checkpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data of several kinds, given to the commands as users have them. */
class DataTest {
    @TempDir
    private Path directory;

    private Path zip(Path folder) throws IOException {
        Path packed = directory.resolve("stripes.zip");
        try (OutputStream file = Files.newOutputStream(packed);
                ZipOutputStream out = new ZipOutputStream(file);
                Stream<Path> images = Files.walk(folder)) {
            for (Path image : images.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new ZipEntry(folder.relativize(image).toString()));
                out.write(Files.readAllBytes(image));
            }
        }
        return packed;
    }

    private Run train(Path data, Path out, Object... more) {
        List<Object> options = List.of(
                "train", "--data", data, "--model", "mlp", "--epochs", 8, "--batch", 4, "--threads", 1, "--out", out);
        return Run.of(Stream.concat(options.stream(), Stream.of(more)).toArray());
    }

    @Test
    void anArchiveTrainsToTheBitsOfItsFolder() throws IOException {
        Path folder = directory.resolve("stripes");
        ImageFiles.classes(folder, 20, 8, "left", "right");
        Path packed = zip(folder);
        Run unpacked = train(folder, directory.resolve("a"));
        Run archived = train(packed, directory.resolve("b"));

        assertThat(archived.exitCode()).as(archived.err()).isZero();
        assertThat(archived.lastLine()).isEqualTo(unpacked.lastLine()).startsWith("test accuracy ");
        Path model = directory.resolve("b/model.onnx");
        assertThat(model).hasSameBinaryContentAs(directory.resolve("a/model.onnx"));
        Run evaluated = Run.of("evaluate", "--model", model, "--data", packed);
        assertThat(evaluated.lines()).contains("data " + packed, "samples 8");
        assertThat(evaluated.lastLine()).isEqualTo(archived.lastLine().replace("test ", ""));
    }

    @Test
    void aTableIsTrainedOnAndMeasuredWith() throws IOException {
        StringBuilder text = new StringBuilder("label,a,b,c,d\n");
        for (int i = 0; i < 40; i++) {
            text.append(i % 2)
                    .append(i % 2 == 0 ? ",250,5,250," : ",5,250,5,")
                    .append(i)
                    .append('\n');
        }
        Path table = Files.writeString(directory.resolve("dots.csv"), text);
        Run trained = train(table, directory.resolve("out"), "--lr=0.01");

        assertThat(trained.exitCode()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("on dots: 30 images to train on, 2 to validate, 8 to test");
        Run evaluated = Run.of("evaluate", "--model", directory.resolve("out/model.onnx"), "--data", table);
        assertThat(evaluated.lastLine()).isEqualTo("accuracy 1.0000");
    }

    @Test
    void balanceIsPartOfTheRun() throws IOException {
        Path folder = directory.resolve("stripes");
        ImageFiles.classes(folder, 20, 8, "left", "right");
        for (int i = 4; i < 20; i++) {
            Files.delete(folder.resolve("right/" + i + ".png"));
        }
        Path plain = directory.resolve("plain");
        Path balanced = directory.resolve("balanced");
        assertThat(train(folder, plain).exitCode()).isZero();
        Run run = train(folder, balanced, "--balance");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.readAllBytes(balanced.resolve("model.onnx")))
                .isNotEqualTo(Files.readAllBytes(plain.resolve("model.onnx")));

        Path checkpoint = balanced.resolve("checkpoint.safetensors");
        assertThat(Checkpoint.load(checkpoint).notes()).containsEntry("balance", "true");
        Run resumed = Run.of("train", "--resume", checkpoint);
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.lastLine()).isEqualTo(run.lastLine());
        Run contradicted = Run.of("train", "--resume", plain.resolve("checkpoint.safetensors"), "--balance");
        assertThat(contradicted.exitCode()).isEqualTo(2);
        assertThat(contradicted.err()).contains("received --balance true (not false)");
    }

    @Test
    void downloadsAreTold() {
        StringWriter err = new StringWriter();
        DownloadLines lines = new DownloadLines(new PrintWriter(err));
        Path file = Path.of("data", "mnist", "images.gz");
        lines.begins("https://example.org/images.gz", file, 0, 9_912_422);
        lines.failed("the end after 4000 of 9912422 bytes; trying again");
        lines.begins("https://example.org/images.gz", file, 4000, 9_912_422);

        assertThat(err.toString().lines())
                .containsExactly(
                        "halfwave: downloading https://example.org/images.gz (9.9 MB) to " + file,
                        "halfwave: the download met the end after 4000 of 9912422 bytes; trying again",
                        "halfwave: going on after 4.0 kB with https://example.org/images.gz (9.9 MB) to " + file);
    }
}
