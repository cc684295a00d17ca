/** Today in figures and a picture: shown to staff, on the staff screen and on the tablet itself. Apart from `#ui`, since its picture is large. */

export { CellsChart, type CellsTexts } from './cells-chart.tsx';
export { TodayPanel, type TodayTexts } from './today-panel.tsx';
