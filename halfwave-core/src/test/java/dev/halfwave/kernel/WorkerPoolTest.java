package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asks the pool to do every task once, whoever calls, whatever fails, and then to be gone. */
@Timeout(60)
class WorkerPoolTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyTaskIsDoneOnce(int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            assertThat(pool.threads()).isEqualTo(threads);
            for (int tasks = 0; tasks < 200; tasks++) {
                int[] done = new int[tasks]; // plain memory: what a task wrote must be seen once run returns
                pool.run(tasks, (context, task) -> context[task]++, done);
                assertThat(done).as("%d of %d threads", tasks, threads).isEqualTo(ones(tasks));
            }
        }
    }

    private static int[] ones(int n) {
        int[] ones = new int[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void tasksAreDealtOutInContiguousBands() {
        try (WorkerPool pool = new WorkerPool(3)) {
            Thread[] by = new Thread[10];
            CountDownLatch begun = new CountDownLatch(3); // each thread has begun its band before anyone goes on
            pool.run(
                    10,
                    (context, task) -> {
                        context[task] = Thread.currentThread();
                        if (task == 0 || task == 3 || task == 6) {
                            begun.countDown();
                            await(begun);
                        }
                    },
                    by);
            assertThat(by[0]).isSameAs(Thread.currentThread());
            assertThat(List.of(by[0], by[3], by[6])).doesNotHaveDuplicates();
        }
    }

    @Test
    void nobodyWaitsForTasksThatNobodyHasBegun() {
        try (WorkerPool pool = new WorkerPool(2)) {
            Thread[] by = new Thread[20];
            CountDownLatch others = new CountDownLatch(18);
            pool.run(
                    20,
                    (context, task) -> {
                        context[task] = Thread.currentThread();
                        if (task == 10) {
                            await(others); // the worker is held up in the first task of its band
                        } else {
                            others.countDown();
                        }
                    },
                    by);
            assertThat(others.getCount()).isZero();
            assertThat(by).doesNotContainNull();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void sleepingWorkersWakeUp() throws InterruptedException {
        try (WorkerPool pool = new WorkerPool(3)) {
            for (int i = 0; i < 20; i++) {
                AtomicInteger done = new AtomicInteger();
                pool.run(9, (context, task) -> context.incrementAndGet(), done);
                assertThat(done).hasValue(9);
                Thread.sleep(i % 3); // longer than workers spin
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 11})
    void whatATaskThrowsReachesTheCaller(int bad) {
        try (WorkerPool pool = new WorkerPool(3)) {
            IllegalStateException thrown = new IllegalStateException("task " + bad);
            for (int again = 0; again < 3; again++) {
                assertThatThrownBy(() -> pool.run(
                                12,
                                (context, task) -> {
                                    if (task == context) {
                                        throw thrown;
                                    }
                                },
                                bad))
                        .isSameAs(thrown);
                AtomicInteger done = new AtomicInteger();
                pool.run(12, (context, task) -> context.incrementAndGet(), done);
                assertThat(done).as("tasks of the next call").hasValue(12);
            }
        }
    }

    @Test
    void errorsReachTheCallerToo() {
        try (WorkerPool pool = new WorkerPool(2)) {
            assertThatThrownBy(() -> pool.run(
                            2,
                            (context, task) -> {
                                if (task == 1) {
                                    throw new StackOverflowError(context);
                                }
                            },
                            "deep"))
                    .isInstanceOf(StackOverflowError.class)
                    .hasMessage("deep");
        }
    }

    @Test
    void tasksMayCallThePoolThemselves() {
        try (WorkerPool pool = new WorkerPool(3)) {
            AtomicInteger done = new AtomicInteger();
            Set<Thread> strangers = ConcurrentHashMap.newKeySet();
            pool.run(
                    6,
                    (outer, task) -> {
                        Thread own = Thread.currentThread();
                        pool.run(
                                5,
                                (inner, innerTask) -> {
                                    inner.incrementAndGet();
                                    if (Thread.currentThread() != own) {
                                        strangers.add(Thread.currentThread());
                                    }
                                },
                                outer);
                    },
                    done);
            assertThat(done).hasValue(30);
            assertThat(strangers).as("threads that did inner tasks of another").isEmpty();
        }
    }

    @Test
    void severalThreadsMayCallAtOnce() throws InterruptedException {
        try (WorkerPool pool = new WorkerPool(3)) {
            AtomicInteger done = new AtomicInteger();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread caller = new Thread(() -> {
                    for (int call = 0; call < 200; call++) {
                        pool.run(7, (context, task) -> context.incrementAndGet(), done);
                    }
                });
                caller.start();
                callers.add(caller);
            }
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(done).hasValue(4 * 200 * 7);
        }
    }

    @Test
    void closingEndsTheWorkers() throws InterruptedException {
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        WorkerPool pool = new WorkerPool(4);
        CountDownLatch all = new CountDownLatch(4);
        pool.run(
                4,
                (context, task) -> {
                    context.add(Thread.currentThread());
                    all.countDown();
                    await(all);
                },
                workers);
        pool.close();
        pool.close();
        workers.remove(Thread.currentThread());
        assertThat(workers).hasSize(3).allMatch(Thread::isDaemon);
        for (Thread worker : workers) {
            worker.join(TimeUnit.SECONDS.toMillis(30));
            assertThat(worker.isAlive()).as(worker.getName()).isFalse();
        }
        assertThatThrownBy(() -> pool.run(1, (context, task) -> {}, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("worker pool: expected an open pool, received a closed one");
    }

    @Test
    void closingWaitsForRunningTasks() throws InterruptedException {
        WorkerPool pool = new WorkerPool(2);
        CountDownLatch started = new CountDownLatch(2);
        AtomicInteger done = new AtomicInteger();
        Thread caller = new Thread(() -> pool.run(
                2,
                (context, task) -> {
                    started.countDown();
                    pause();
                    context.incrementAndGet();
                },
                done));
        caller.start();
        started.await();
        pool.close();
        assertThat(done).hasValue(2);
        caller.join();
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1025})
    void impossibleNumbersOfThreadsAreRefused(int threads) {
        assertThatThrownBy(() -> new WorkerPool(threads).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("threads: expected 1 to 1024, received " + threads);
    }
}
