/**
 * Where every number came from: content hashes of inputs and results, the steps between them, and a graph that answers
 * what a result rests on and what a bad input has reached. Start with {@link io.qilin.data.lineage.LineageRecorder}.
 */
@NullMarked
package io.qilin.data.lineage;

import org.jspecify.annotations.NullMarked;
