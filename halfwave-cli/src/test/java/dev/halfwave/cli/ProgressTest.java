package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.Datasets;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Networks;
import dev.halfwave.train.Trainer;
import dev.halfwave.train.TrainingPlan;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Dataset digits = Datasets.open("strokes", Path.of("")).train().limit(50);
    private final Trainer trainer = new Trainer(
            Model.initialized(Networks.of("mlp", digits.sampleShape(), 10, new Relu()), digits.classes(), 1),
            TrainingPlan.usual(2, 20, 1),
            digits,
            WorkerPool.shared());

    @Test
    void aBarShowsSpeedAndTimeLeft() {
        List<String> drawn = Collections.synchronizedList(new ArrayList<>());
        ProgressBars bars = new ProgressBars(new DelegatingProgressBarConsumer(drawn::add, 100), 50);
        trainer.addListener(bars);
        trainer.run();
        bars.end();

        assertThat(drawn)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("epoch 1/2 ")
                        .containsPattern("█+ 100 % +[\\d,]+ images/s   0:00 left  loss \\d\\.\\d{4}$"));
        assertThat(drawn).anySatisfy(line -> assertThat(line).startsWith("epoch 2/2 "));
        assertThat(drawn).allSatisfy(line -> assertThat(line.stripTrailing()).hasSizeLessThanOrEqualTo(100));
    }

    @Test
    void linesDoWhereNobodyWatches() {
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
        trainer.addListener(new ProgressLines(console, 50, 0));
        trainer.run();

        assertThat(err.toString().lines())
                .hasSize(6)
                .allSatisfy(
                        line -> assertThat(line)
                                .matches(
                                        "epoch [12]/2: (20|40|50) of 50 images, loss \\d\\.\\d{4}, [\\d,]+ images/s, \\d+ s left"));
    }
}
