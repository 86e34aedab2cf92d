package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.data.Folds;
import dev.halfwave.data.Splits;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrossValidationTest {
    /** Each fold's score is that of a model trained by hand on the rest. */
    @Test
    void everyFoldIsJudgedByAModelOfTheOthers() {
        Blobs data = new Blobs(45, 6);
        TrainingPlan plan = Watched.plan(2);
        List<Splits> folds = Folds.of(data, 3, 42);
        CrossValidation validation = CrossValidation.of(part -> Watched.model(), plan, WorkerPool.shared());

        List<Score> scores = validation.run(folds);
        List<Score> byHand = new ArrayList<>();
        for (Splits fold : folds) {
            Model model = Watched.model();
            new Trainer(model, plan, fold.train(), WorkerPool.shared()).run();
            byHand.add(new Evaluator(model, plan.loss(), fold.test(), 7, WorkerPool.shared()).evaluate());
        }

        assertThat(scores).extracting(Score::samples).containsExactly(15L, 15L, 15L);
        assertThat(scores)
                .extracting(Score::accuracy)
                .isEqualTo(byHand.stream().map(Score::accuracy).toList());
        assertThat(validation.run(folds)).isEqualTo(scores);
        assertThat(validation.judge(folds.get(1), 3).topK()).isEqualTo(1);
    }
}
