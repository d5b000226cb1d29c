/**
 * What random numbers an evaluation draws in the batch at `place`, in the count of steps that training draws by:
 * below zero, where no step is, so that what is measured has not been trained on.
 */
export const evaluationDraw = (place: number): number => -1 - place;
