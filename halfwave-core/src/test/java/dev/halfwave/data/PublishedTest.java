package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.archive.Packed;
import dev.halfwave.download.Mirror;
import dev.halfwave.download.Watcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedTest {
    @TempDir
    Path folder;

    private final Mirror mirror = new Mirror();

    @BeforeEach
    void useMirror() {
        System.setProperty(Published.MIRROR, mirror.url("sets"));
    }

    @AfterEach
    void close() {
        System.clearProperty(Published.MIRROR);
        mirror.close();
    }

    static List<Published> all() {
        return Published.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyDatasetSaysWhereItIs(Published dataset) {
        assertThat(dataset.mirrors()).isNotEmpty().allMatch(url -> url.endsWith("/"));
        dataset.mirrors().forEach(url -> assertThat(URI.create(url).getHost()).contains("."));
        assertThat(dataset.files()).isNotEmpty().allMatch(file -> file.bytes() > 4000);
    }

    @Test
    void mnistComesFromTheMirrorAndIsCheckedByItsContents() throws IOException {
        Path shared = SharedData.dataset("mnist");
        for (String name : names(shared)) {
            mirror.with("sets/mnist/" + name, Files.readAllBytes(shared.resolve(name)));
        }
        List<String> heard = new ArrayList<>();
        Watcher watcher = new Watcher() {
            @Override
            public void begins(String url, Path file, long have, long total) {
                heard.add(url + " to " + file);
            }
        };
        Datasets.download("mnist", folder, watcher);

        String name = "train-images-idx3-ubyte.gz";
        assertThat(heard)
                .hasSize(4)
                .startsWith(mirror.url("sets/mnist/" + name) + " to " + folder.resolve("mnist/" + name));
        assertThat(Datasets.open("mnist", folder).test().size()).isEqualTo(10_000);
        Datasets.download("mnist", folder, watcher);
        assertThat(mirror.count()).as("nothing is asked for twice").isEqualTo(4);

        Files.delete(folder.resolve("mnist").resolve(name));
        Datasets.download("mnist", folder, Watcher.SILENT);
        assertThat(mirror.count()).as("only what is missing").isEqualTo(5);
    }

    private static List<String> names(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void wrongContentsAreRefused() throws IOException {
        mirror.with("sets/fashion-mnist/train-images-idx3-ubyte.gz", Packed.gzip(new byte[47_040_016]));
        assertThatThrownBy(() -> Datasets.download("fashion-mnist", folder, Watcher.SILENT))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith(
                        "train-images-idx3-ubyte.gz: expected to download it, received something else (")
                .hasMessageContaining("expected the MD5 f4a8712d7a061bf5bd6d2ca38dc4d50a, received other bytes");
        assertThat(folder.resolve("fashion-mnist/train-images-idx3-ubyte.gz")).doesNotExist();
    }

    @Test
    void whatIsThereIsNotDownloaded() throws IOException {
        Files.createFile(folder.resolve("t10k-labels-idx1-ubyte"));
        Files.createFile(folder.resolve("cifar-10-binary.tar.gz"));
        Datasets.download("mnist", folder, Watcher.SILENT);
        Datasets.download("cifar10", folder, Watcher.SILENT);
        Datasets.download("strokes", folder, Watcher.SILENT);
        Datasets.download("no such thing", folder, Watcher.SILENT);
        assertThat(mirror.count()).isZero();

        assertThatThrownBy(() -> Datasets.download("kmnist", folder, Watcher.SILENT))
                .as("MNIST's files in the data folder are not KMNIST's")
                .hasMessageContaining("HTTP status 404 from " + mirror.url("sets/kmnist/train-images-idx3-ubyte.gz"));
    }

    @Test
    void relativesOfMnistAreReadFromTheirOwnFolders() throws IOException {
        for (String name : new String[] {"fashion-mnist", "kmnist"}) {
            Path own = Files.createDirectory(folder.resolve(name));
            for (String part : new String[] {"train", "t10k"}) {
                Files.write(own.resolve(part + "-images-idx3-ubyte"), IdxTest.idx(8, new int[] {2, 1, 1}, 1, 2));
                Files.write(own.resolve(part + "-labels-idx1-ubyte"), IdxTest.idx(8, new int[] {2}, 0, 9));
            }
        }
        Splits fashion = Datasets.open("fashion-mnist", folder);
        assertThat(fashion.train().name()).isEqualTo("fashion-mnist train");
        assertThat(fashion.test().classes())
                .hasSize(10)
                .startsWith("T-shirt/top")
                .endsWith("Ankle boot");
        assertThat(Datasets.open("kmnist", folder.resolve("kmnist")).test().classes())
                .startsWith("o")
                .endsWith("wo");
        assertThat(Datasets.open(folder.resolve("kmnist").toString(), folder)
                        .train()
                        .size())
                .as("a folder of such files by its path")
                .isEqualTo(2);
        assertThatThrownBy(() -> Datasets.open("mnist", folder))
                .hasMessageStartingWith("mnist: expected one of the files");
    }
}
