/** What people ask of a run while it goes on; the loop looks here between steps. */
export class TrainingControls {
  private wanted: 'run' | 'pause' | 'stop' = 'run';
  private singleSteps = 0;
  private wake: (() => void) | null = null;
  /** Learning rates changed since the loop last looked, by optimiser path. */
  private readonly rates = new Map<string, number>();

  get stopping(): boolean {
    return this.wanted === 'stop';
  }

  /** True where the loop must wait before its next step. */
  get holding(): boolean {
    return this.wanted === 'pause' && this.singleSteps === 0;
  }

  pause(): void {
    if (this.wanted === 'run') this.wanted = 'pause';
    this.singleSteps = 0;
  }

  resume(): void {
    if (this.wanted === 'pause') this.wanted = 'run';
    this.rouse();
  }

  /** One step, then paused again. */
  step(): void {
    if (this.wanted === 'stop') return;
    this.wanted = 'pause';
    this.singleSteps += 1;
    this.rouse();
  }

  stop(): void {
    this.wanted = 'stop';
    this.rouse();
  }

  setLearningRate(optimizerPath: string, value: number): void {
    this.rates.set(optimizerPath, value);
    this.rouse();
  }

  /** The loop has done a step. */
  stepDone(): void {
    if (this.singleSteps > 0) this.singleSteps -= 1;
  }

  takeLearningRates(): ReadonlyMap<string, number> {
    if (this.rates.size === 0) return none;
    const taken = new Map(this.rates);
    this.rates.clear();
    return taken;
  }

  /** Resolves when anything was asked for. */
  change(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private rouse(): void {
    this.wake?.();
    this.wake = null;
  }
}
const none: ReadonlyMap<string, number> = new Map();
