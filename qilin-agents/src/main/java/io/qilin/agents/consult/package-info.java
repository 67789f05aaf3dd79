/** Asking language models without believing them: start with {@link io.qilin.agents.consult.SecondOpinion}. */
@NullMarked
package io.qilin.agents.consult;

import org.jspecify.annotations.NullMarked;
