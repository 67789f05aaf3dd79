package io.qilin.examples;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import io.qilin.api.error.QilinException;
import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What main code does not call: the machine's clock, zone, locale and charset, and what runs foreign code. */
class ForbiddenCallsTest {
  /** Own a thread until they are closed: for the HTTP client of the JDK, to write records of many threads at once, to watch. */
  private static final Set<String> OWNERS = Set.of(
      "io.qilin.agents.llm.OpenAiClient",
      "io.qilin.security.audit.AuditLog",
      "io.qilin.ops.worker.Worker");

  private static final Set<String> CLOCKS = Set.of(
      "java.lang.System.currentTimeMillis()",
      "java.lang.System.nanoTime()",
      "java.time.Clock.systemUTC()",
      "java.time.Clock.systemDefaultZone()",
      "java.time.Clock.system(java.time.ZoneId)",
      "java.util.Date.<init>()",
      "java.util.Calendar.getInstance()");

  private static final Set<String> ZONES = Set.of(
      "java.time.ZoneId.systemDefault()",
      "java.util.TimeZone.getDefault()",
      "java.time.Clock.systemDefaultZone()");

  private static final Set<String> LOCALES = Set.of(
      "java.util.Locale.getDefault()",
      "java.lang.String.toLowerCase()",
      "java.lang.String.toUpperCase()",
      "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
      "java.lang.String.formatted([Ljava.lang.Object;)",
      "java.io.PrintStream.printf(java.lang.String, [Ljava.lang.Object;)",
      "java.io.PrintStream.format(java.lang.String, [Ljava.lang.Object;)",
      "java.io.PrintWriter.printf(java.lang.String, [Ljava.lang.Object;)",
      "java.time.format.DateTimeFormatter.ofPattern(java.lang.String)",
      "java.text.NumberFormat.getInstance()",
      "java.text.DecimalFormat.<init>(java.lang.String)",
      "java.text.SimpleDateFormat.<init>(java.lang.String)");

  private static final Set<String> CHARSETS = Set.of(
      "java.nio.charset.Charset.defaultCharset()",
      "java.lang.String.getBytes()",
      "java.lang.String.<init>([B)",
      "java.lang.String.<init>([B, int, int)",
      "java.io.InputStreamReader.<init>(java.io.InputStream)",
      "java.io.OutputStreamWriter.<init>(java.io.OutputStream)",
      "java.io.FileReader.<init>(java.io.File)",
      "java.io.FileReader.<init>(java.lang.String)",
      "java.io.FileWriter.<init>(java.io.File)",
      "java.io.FileWriter.<init>(java.lang.String)",
      "java.io.PrintStream.<init>(java.io.OutputStream)",
      "java.io.PrintStream.<init>(java.io.OutputStream, boolean)",
      "java.io.PrintWriter.<init>(java.io.OutputStream)",
      "java.io.PrintWriter.<init>(java.io.OutputStream, boolean)",
      "java.io.ByteArrayOutputStream.toString()",
      "java.util.Scanner.<init>(java.io.InputStream)");

  private static final Set<String> CHANCE = Set.of(
      "java.lang.Math.random()",
      "java.util.Random.<init>()",
      "java.util.SplittableRandom.<init>()",
      "java.util.UUID.randomUUID()",
      "java.util.Collections.shuffle(java.util.List)",
      "java.util.concurrent.ThreadLocalRandom.current()");

  private static final Set<String> THREADS = Set.of(
      "java.lang.Thread.<init>(java.lang.Runnable)",
      "java.lang.Thread.<init>(java.lang.Runnable, java.lang.String)",
      "java.lang.Thread.sleep(long)",
      "java.util.concurrent.ForkJoinPool.commonPool()");

  /** Methods that put work on a pool of the JDK's own, whatever the type. */
  private static final Set<String> HIDDEN_THREADS =
      Set.of("parallelStream", "parallel", "orTimeout", "completeOnTimeout", "delayedExecutor");

  /** Exceptions that say less than a {@link QilinException}. */
  private static final List<Class<?>> VAGUE = List.of(
      RuntimeException.class,
      IllegalArgumentException.class,
      IllegalStateException.class,
      UnsupportedOperationException.class,
      ArithmeticException.class);

  @Test
  void whenALibraryNeedsTheTime_thenItIsGivenAClock() {
    noClasses()
        .that()
        .resideInAnyPackage(QilinClasses.LIBRARIES)
        .should()
        .callCodeUnitWhere(calls("ask the machine's clock", CLOCKS).or(systemNow()))
        .check(QilinClasses.ALL);
  }

  @Test
  void whenTheZoneMatters_thenItIsNamed() {
    noClasses()
        .should()
        .callCodeUnitWhere(calls("use the default zone", ZONES))
        .check(QilinClasses.ALL);
  }

  @Test
  void whenTheLocaleMatters_thenItIsNamed() {
    noClasses()
        .should()
        .callCodeUnitWhere(calls("use the default locale", LOCALES))
        .check(QilinClasses.ALL);
  }

  @Test
  void whenTheCharsetMatters_thenItIsNamed() {
    noClasses()
        .should()
        .callCodeUnitWhere(calls("use the default charset", CHARSETS))
        .check(QilinClasses.ALL);
  }

  @Test
  void whenALibraryDrawsANumber_thenTheSeedIsTheCallers() {
    noClasses()
        .that()
        .resideInAnyPackage(QilinClasses.LIBRARIES)
        .should()
        .callCodeUnitWhere(calls("draw without a seed", CHANCE))
        .check(QilinClasses.ALL);
  }

  @Test
  void whenALibraryWorksInParallel_thenTheThreadsAreTheCallers() {
    noClasses()
        .that()
        .resideInAnyPackage(QilinClasses.RUNTIME)
        .and(describe("own no thread", (JavaClass type) -> !OWNERS.contains(type.getFullName())))
        .should()
        .callCodeUnitWhere(calls("make or stop a thread", THREADS).or(usesAPool()))
        .check(QilinClasses.ALL);
  }

  @Test
  void whenALibraryReports_thenItDoesNotPrint() {
    noClasses()
        .that()
        .resideInAnyPackage(QilinClasses.LIBRARIES)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(QilinClasses.ALL);
  }

  @Test
  void whenALibraryRefuses_thenItIsAQilinException() {
    noClasses()
        .that()
        .resideInAnyPackage(QilinClasses.RUNTIME)
        .should()
        .callCodeUnitWhere(describe(
            "make a vague exception",
            call -> isConstructor(call)
                // What javac adds to the functions that Spark and Flink send.
                && !call.getOrigin().getName().equals("$deserializeLambda$")
                && !call.getOriginOwner().isAssignableTo(QilinException.class)
                && VAGUE.stream().anyMatch(type -> call.getTargetOwner().isEquivalentTo(type))))
        .check(QilinClasses.ALL);
  }

  @Test
  void whenAValueIsWritten_thenNotByJavaSerialization() {
    // Spark and Flink send the functions of a job to their workers that way.
    noClasses()
        .that()
        .resideOutsideOfPackages("io.qilin.spark..", "io.qilin.flink..")
        .and()
        .areNotAssignableTo(Throwable.class)
        .and()
        .areNotAssignableTo(Enum.class)
        .should()
        .beAssignableTo(Serializable.class)
        .check(QilinClasses.ALL);
    // What Spark's own serializer says of a lambda that cannot be sent needs a JVM flag.
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.qilin.spark.Sparks")
        .should()
        .dependOnClassesThat(assignableTo(java.io.ObjectInputStream.class)
            .or(assignableTo(java.io.ObjectOutputStream.class)))
        .check(QilinClasses.ALL);
  }

  @Test
  void whenTextComesFromOutside_thenNothingRunsIt() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("javax.script..", "sun..")
        .check(QilinClasses.ALL);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.qilin.testkit.fault.KilledChild")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.lang.ProcessBuilder")
        .orShould()
        .callMethod(Runtime.class, "exec", String.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String[].class)
        .check(QilinClasses.ALL);
    // Binds a configuration to the records that the host's code names; no text chooses a class
    // there.
    classes()
        .that()
        .resideInAnyPackage(QilinClasses.LIBRARIES)
        .and()
        .doNotHaveFullyQualifiedName("io.qilin.ops.config.RecordShape")
        .should()
        .onlyDependOnClassesThat(describe(
            "are not for reflection",
            used -> !used.getPackageName().equals("java.lang.reflect")
                || used.getSimpleName().equals("Constructor")))
        .check(QilinClasses.ALL);
  }

  private static DescribedPredicate<JavaCall<?>> calls(String what, Set<String> targets) {
    return describe(what, call -> targets.contains(signature(call.getTarget())));
  }

  /** {@code now()} or {@code now(ZoneId)} of any type of {@code java.time}. */
  private static DescribedPredicate<JavaCall<?>> systemNow() {
    return describe(
        "ask now()",
        call -> call.getName().equals("now")
            && call.getTargetOwner().getPackageName().startsWith("java.time")
            && call.getTarget().getRawParameterTypes().stream()
                .noneMatch(type -> type.isEquivalentTo(java.time.Clock.class)));
  }

  /** Makes a pool, or leaves the choice of one to the JDK. */
  private static DescribedPredicate<JavaCall<?>> usesAPool() {
    return describe("make or borrow a pool", call -> {
      JavaClass owner = call.getTargetOwner();
      boolean makes = owner.isEquivalentTo(Executors.class)
          || (isConstructor(call) && owner.isAssignableTo(ExecutorService.class));
      boolean borrows = owner.isAssignableTo(CompletionStage.class)
          && call.getName().endsWith("Async")
          && call.getTarget().getRawParameterTypes().stream()
              .noneMatch(type -> type.isEquivalentTo(Executor.class));
      boolean hides =
          HIDDEN_THREADS.contains(call.getName()) && owner.getPackageName().startsWith("java.util");
      return makes || borrows || hides;
    });
  }

  private static boolean isConstructor(JavaCall<?> call) {
    return call.getName().equals("<init>");
  }

  private static String signature(CodeUnitCallTarget target) {
    String parameters = String.join(
        ", ", target.getRawParameterTypes().stream().map(JavaClass::getName).toList());
    return target.getOwner().getName() + "." + target.getName() + "(" + parameters + ")";
  }
}
