/**
 * What the parts of {@code qilin-security} promise about threads, put under stress by jcstress: each test names the outcomes that
 * the Javadoc of its class allows, and every other one is forbidden. {@link io.qilin.benchmarks.stress.PlantedFault} is wrong on
 * purpose and shows that a forbidden outcome is seen.
 *
 * <pre>
 * java -cp benchmarks/target/benchmarks.jar org.openjdk.jcstress.Main -t 'Stress[.]' -m quick -sc false \
 *   -jvmArgs -XX:+UseSerialGC
 * </pre>
 *
 * <p>The last figures are in {@code docs/benchmarks.md}.
 */
@NullMarked
package io.qilin.benchmarks.stress;

import org.jspecify.annotations.NullMarked;
